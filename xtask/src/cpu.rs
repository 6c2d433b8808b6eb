//! The CPU time of a process, for the chores and for the programs in `examples/` that they measure with.

/// The user and system time, in seconds, of this process and of its children that have ended: fields 14 to 17 of
/// `/proc/self/stat` (proc(5)), in hundredths of a second. Fails where there is no `/proc`.
pub(crate) fn cpu_seconds() -> std::io::Result<[f64; 2]> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = after_name.split_whitespace().skip(11).map_while(|field| field.parse().ok()).collect();
    let seconds = |at: usize| fields.iter().skip(at).take(2).sum::<f64>() / 100.0;
    Ok([seconds(0), seconds(2)])
}
