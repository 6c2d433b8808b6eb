#![no_main]
//! The reader of files such as a.txt.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| twosource_fuzz::read("a.txt", bytes));
