#![no_main]
//! The reader of files such as a.warc.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| twosource_fuzz::read("a.warc", bytes));
