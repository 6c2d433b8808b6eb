//! What running a program costs.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::cpu::cpu_seconds;

/// What a process took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// User and system time in seconds, in steps of a hundredth.
    pub(crate) cpu: f64,
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// The most memory it held, in megabytes of 10⁶ bytes.
    pub(crate) memory: f64,
}

/// Runs a program, what it says thrown away; one that ends with another code than 0 (done) and 1 (nothing found) fails.
pub(crate) fn cost(command: &mut Command) -> Result<Cost> {
    let ([_, before], start) = (cpu_seconds()?, Instant::now());
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = child.with_context(|| format!("cannot start {:?}", command.get_program()))?;
    let memory = peak(&mut child)?;
    let status = child.wait()?;
    ensure!(matches!(status.code(), Some(0 | 1)), "{command:?} ended with {status}");
    let wall = start.elapsed().as_secs_f64();
    let [_, after] = cpu_seconds()?;
    Ok(Cost { cpu: after - before, wall, memory })
}

/// The most memory a process has held by the time it ends, in megabytes, from `/proc`.
fn peak(child: &mut Child) -> Result<f64> {
    let mut peak = 0.0;
    while child.try_wait()?.is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let held = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        let kilobytes: f64 = held.trim().trim_end_matches(" kB").parse().unwrap_or(0.0);
        peak = f64::max(peak, kilobytes / 1e3);
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(peak)
}
