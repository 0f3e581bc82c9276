//! Tests of the measured program, and of allocations, the only cost that does not vary.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use face_search_enroll_test_support::instructions::{COUNTING, assert_figure, instructions};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_calls");

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        let mut command = Command::new(PROGRAM);
        let mut child = command.arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        lines.read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        Self { child, address }
    }

    /// Makes calls, and returns the number of allocations.
    fn run(&self, client: &str, calls: u32, concurrency: u32) -> u64 {
        let output = Command::new(PROGRAM)
            .args(["run", client, &self.address])
            .args([calls.to_string(), concurrency.to_string()])
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{client}: {errors}");
        let cost: Value = serde_json::from_slice(&output.stdout).unwrap();
        cost.get("allocations").and_then(Value::as_u64).unwrap()
    }
}

impl Server {
    /// The instructions of so many calls of this crate, and of what comes before them.
    fn instructions(&self, calls: u32) -> f64 {
        let [valgrind, options @ ..] = COUNTING;
        let mut command = Command::new(valgrind);
        command
            .args(options)
            .args([PROGRAM, "run", "crate", &self.address]);
        instructions(command.args([&calls.to_string(), "1"]))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn every_client_makes_its_calls() {
    let server = Server::start();
    for client in ["crate", "raw", "by-hand", "floor"] {
        for (calls, concurrency) in [(0, 1), (3, 1), (70, 64)] {
            let asked = server.run(client, calls, concurrency);
            assert!(asked >= u64::from(calls), "{client}: {asked}");
        }
    }
}

#[test]
fn a_call_allocates_less_often_than_by_hand() {
    const CALLS: u32 = 1000;
    let server = Server::start();
    // Everything else is less than one allocation for each call.
    let of_a_call = |client| server.run(client, CALLS, 1) / u64::from(CALLS);
    let (own, by_hand) = (of_a_call("crate"), of_a_call("by-hand"));
    assert!(own * 100 <= by_hand * 85, "{own}, by hand {by_hand}");
}

#[test]
fn a_call_takes_the_instructions_that_it_took() {
    const CALLS: u32 = 100;
    let server = Server::start();
    assert_figure("call", || {
        (server.instructions(CALLS) - server.instructions(0)) / f64::from(CALLS)
    });
}
