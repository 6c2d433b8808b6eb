//! The comparison as linked data (JSON-LD 1.1): reports are schema.org `NewsArticle`s, claims `Claim`s, their words Web
//! Annotations, and who draws on whom is W3C PROV.
//!
//! Everything is named relative to the document (`#a` a report, `#c1` a claim, `#o1` an origin), as in the public document.
//! What is ours alone stands under `urn:twosource:`. The context is in the document: nothing is fetched to read it.

use serde_json::{Map, Value, json};
use twosource_model::{Comparison, Instant, Node, OriginKind, Provenance, Quote, Relation};

use crate::json::{Border, QuoteEntry, claim_id, origin_id, rounded};

/// Linked data of some comparisons: one document, or a list of them.
pub fn json_ld(comparisons: &[Comparison]) -> String {
    let documents: Vec<Value> = comparisons.iter().map(document).collect();
    let text = match &documents[..] {
        [document] => serde_json::to_string_pretty(document),
        documents => serde_json::to_string_pretty(documents),
    };
    // Plain values of strings and numbers have no way to fail.
    text.unwrap_or_default() + "\n"
}

fn document(comparison: &Comparison) -> Value {
    let linked = Linked(Border::new(comparison));
    let mut graph = vec![linked.whole()];
    graph.extend((0..comparison.reports.len()).map(|at| linked.report(at)));
    graph.extend((0..comparison.origins.len()).map(|at| linked.origin(at)));
    graph.extend((0..comparison.claims.len()).flat_map(|at| linked.claim(at)));
    graph.extend((0..comparison.differences.len()).map(|at| linked.difference(at)));
    json!({
        "@context": {
            "schema": "https://schema.org/", "prov": "http://www.w3.org/ns/prov#", "oa": "http://www.w3.org/ns/oa#",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "twosource": "urn:twosource:",
        },
        "@graph": graph,
    })
}

fn link(name: &str) -> Value {
    json!({"@id": format!("#{name}")})
}

fn links(names: impl IntoIterator<Item = String>) -> Value {
    names.into_iter().map(|name| link(&name)).collect()
}

/// Leaves out what is not known.
fn known(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let is_known =
        |(_, value): &(&str, Value)| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
    let pairs = pairs.into_iter().filter(is_known).map(|(name, value)| (name.to_owned(), value));
    Value::Object(pairs.collect::<Map<String, Value>>())
}

struct Linked<'c>(Border<'c>);

impl Linked<'_> {
    /// The document itself.
    fn whole(&self) -> Value {
        let lead = self.0.comparison.lead.as_ref().map(|lead| link(&claim_id(lead.claim)));
        known([
            ("@id", json!("")),
            ("@type", json!("prov:Bundle")),
            ("schema:mainEntity", json!(lead)),
            (
                "prov:wasAttributedTo",
                json!({
                    "@type": "prov:SoftwareAgent", "schema:name": "twosource",
                    "schema:softwareVersion": env!("CARGO_PKG_VERSION"),
                }),
            ),
        ])
    }

    fn report(&self, at: usize) -> Value {
        let article = &self.0.comparison.reports[at].article;
        let publisher = |name: &String| json!({"@type": "schema:NewsMediaOrganization", "schema:name": name});
        let author = |name: &String| json!({"@type": "schema:Person", "schema:name": name});
        let day = |moment: &Option<Instant>| json!(moment.as_ref().map(Instant::as_str));
        let mut report = known([
            ("@id", json!(format!("#{}", self.0.report(at)))),
            ("@type", json!(["schema:NewsArticle", "prov:Entity"])),
            ("schema:headline", json!(article.title)),
            ("schema:url", json!(article.url.as_ref().map(|url| json!({"@type": "schema:URL", "@value": url})))),
            ("schema:publisher", json!(article.outlet.as_ref().map(publisher))),
            ("schema:provider", json!(article.agency.as_ref().map(publisher))),
            ("schema:author", article.authors.iter().map(author).collect()),
            ("schema:datePublished", day(&article.published)),
            ("schema:dateModified", day(&article.modified)),
            ("schema:inLanguage", json!(article.language)),
            ("schema:articleBody", json!(article.text)),
        ]);
        for edge in self.0.comparison.provenance.iter().filter(|edge| edge.to == at) {
            self.draw(&mut report, edge);
        }
        report
    }

    /// Adds an edge of the provenance to the report that draws on something: in short, and with what says so.
    fn draw(&self, report: &mut Value, edge: &Provenance) {
        let (short, qualified, class) = match edge.relation {
            Relation::WasQuotedFrom => ("prov:wasQuotedFrom", "prov:qualifiedQuotation", "prov:Quotation"),
            Relation::HadPrimarySource => {
                ("prov:hadPrimarySource", "prov:qualifiedPrimarySource", "prov:PrimarySource")
            }
            Relation::WasDerivedFrom => ("prov:wasDerivedFrom", "prov:qualifiedDerivation", "prov:Derivation"),
            Relation::WasRevisionOf => ("prov:wasRevisionOf", "prov:qualifiedRevision", "prov:Revision"),
        };
        let from = link(&match edge.from {
            Node::Origin(at) => origin_id(at),
            Node::Report(at) => self.0.report(at).to_owned(),
        });
        let evidence: Vec<Value> = edge.evidence.iter().map(|&quote| self.place(quote)).collect();
        let how = known([
            ("@type", json!(class)),
            ("prov:entity", from.clone()),
            ("twosource:stated", json!(edge.stated)),
            ("twosource:confidence", json!(rounded(edge.confidence))),
            ("twosource:evidence", json!(evidence)),
        ]);
        for (name, value) in [(short, from), (qualified, how)] {
            match report[name].as_array_mut() {
                Some(list) => list.push(value),
                None => report[name] = json!([value]),
            }
        }
    }

    fn origin(&self, at: usize) -> Value {
        let origin = &self.0.comparison.origins[at];
        let class = match origin.kind {
            OriginKind::Outlet | OriginKind::Agency => "schema:NewsMediaOrganization",
            OriginKind::NamedPerson => "schema:Person",
            OriginKind::NamedOrganisation => "schema:Organization",
            OriginKind::Document | OriginKind::Statement | OriginKind::OwnReporting => "schema:CreativeWork",
            OriginKind::UnnamedPeople | OriginKind::Unknown => "schema:Thing",
        };
        let evidence: Vec<Value> = origin.evidence.iter().map(|&quote| self.place(quote)).collect();
        known([
            ("@id", json!(format!("#{}", origin_id(at)))),
            ("@type", json!([class, "prov:Entity"])),
            ("schema:name", json!(origin.name)),
            ("twosource:kind", json!(origin.kind.as_str())),
            ("twosource:restsOn", json!(origin.rests_on.map(|quote| self.place(quote)))),
            ("twosource:evidence", json!(evidence)),
        ])
    }

    /// A claim, and each statement of it as an annotation of the report's words.
    fn claim(&self, at: usize) -> Vec<Value> {
        let claim = &self.0.comparison.claims[at];
        let clearest = claim.statements.get(claim.clearest);
        let mut reports: Vec<usize> = claim.statements.iter().map(|statement| statement.quote.report).collect();
        reports.dedup();
        let node = known([
            ("@id", json!(format!("#{}", claim_id(at)))),
            ("@type", json!(["schema:Claim", "prov:Entity"])),
            ("schema:text", json!(clearest.map(|statement| self.0.quote(statement.quote).exact))),
            ("schema:appearance", links(reports.into_iter().map(|report| self.0.report(report).to_owned()))),
            ("prov:hadPrimarySource", links(claim.origins.iter().copied().map(origin_id))),
            ("twosource:independentOrigins", json!(claim.independent_origins)),
            ("twosource:confidence", json!(rounded(claim.confidence))),
        ]);
        let statement = |(number, statement): (usize, &twosource_model::Statement)| {
            json!({
                "@id": format!("#{}-{}", claim_id(at), number + 1), "@type": "oa:Annotation",
                "oa:motivatedBy": {"@id": "oa:identifying"}, "oa:hasBody": link(&claim_id(at)),
                "oa:hasTarget": self.place(statement.quote),
            })
        };
        std::iter::once(node).chain(claim.statements.iter().enumerate().map(statement)).collect()
    }

    fn difference(&self, at: usize) -> Value {
        let difference = &self.0.comparison.differences[at];
        let body = |side: &twosource_model::Side| json!({"@type": "oa:TextualBody", "rdf:value": side.value});
        let targets: Vec<Value> = difference.sides.iter().map(|side| self.place(side.quote)).collect();
        json!({
            "@id": format!("#d{}", at + 1), "@type": "oa:Annotation", "oa:motivatedBy": {"@id": "oa:assessing"},
            "oa:hasTarget": targets, "oa:hasBody": difference.sides.iter().map(body).collect::<Vec<_>>(),
            "schema:about": link(&claim_id(difference.claim)), "twosource:kind": difference.kind.as_str(),
            "twosource:strength": difference.strength.as_str(), "twosource:superseded": difference.superseded,
            "twosource:confidence": rounded(difference.confidence),
        })
    }

    /// Words of a report, by their place in code points and by themselves.
    fn place(&self, quote: Quote) -> Value {
        let QuoteEntry { report, start, end, exact } = self.0.quote(quote);
        json!({
            "@type": "oa:SpecificResource", "oa:hasSource": link(report),
            "oa:hasSelector": [
                {"@type": "oa:TextPositionSelector", "oa:start": start, "oa:end": end},
                {"@type": "oa:TextQuoteSelector", "oa:exact": exact},
            ],
        })
    }
}
