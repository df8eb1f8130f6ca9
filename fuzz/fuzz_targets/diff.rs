//! The law `diff`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| statusquo_fuzz::hold("diff", input));
