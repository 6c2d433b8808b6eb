//! `twosource token`: who may use the server from elsewhere.

use anyhow::{Context, Result, bail};
use twosource_server::new_token;

use crate::Ending;
use crate::arguments::{Token, TokenCommand};
use crate::output::{say, write};

/// Lists, adds and revokes tokens.
pub(crate) fn run(options: &Token) -> Result<Ending> {
    let mut store = options.of_store.open()?;
    match &options.command {
        TokenCommand::List => {
            let tokens = store.tokens()?;
            let line = |token: &twosource_store::Token| {
                format!("{:5}  {}  {}\n", token.role.as_str(), token.made_at.as_str(), token.name)
            };
            write(&tokens.iter().map(line).collect::<String>(), None)?;
            Ok(if tokens.is_empty() { Ending::Nothing } else { Ending::Done })
        }
        TokenCommand::Add { name, role } => {
            if name.trim().is_empty() || name.chars().any(char::is_control) || name.chars().count() > 100 {
                bail!("a name of 1 to 100 characters is wanted");
            }
            let (token, word) = new_token(name, *role, options.of_store.now()?)?;
            let added = store.put_token(&token).context("the token cannot be kept")?;
            if !added {
                bail!(
                    "{name}: has a token already, or there are too many; revoke one with: twosource token revoke NAME"
                );
            }
            say("the token is shown this once; keep it safe");
            write(&format!("{word}\n"), None)?;
            Ok(Ending::Done)
        }
        TokenCommand::Revoke { name } => {
            if store.remove_token(name)? {
                return Ok(Ending::Done);
            }
            say(&format!("{name}: has no token; list them with: twosource token list"));
            Ok(Ending::Nothing)
        }
    }
}
