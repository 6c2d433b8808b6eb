#![no_main]
//! Tables. The decoder panics on many of them, which the reader expects: only what gets past it is a fault.

libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| ())), |bytes: &[u8]| twosource_fuzz::read("a.parquet", bytes));
