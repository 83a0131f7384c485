#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    setpoint::fuzzing::run("nle_hosted", data);
});
