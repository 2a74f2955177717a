//! The real program, run to its end in a plain UTF-8 environment.
#![allow(dead_code, reason = "each test file uses its part")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run left behind.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs the program with something on standard input.
pub fn run(arguments: &[&str], input: &[u8]) -> Ran {
    run_command(Command::new(env!("CARGO_BIN_EXE_shilu")).args(arguments).env_clear(), input)
}

/// Runs the program in a folder that is the home of its user.
pub fn run_at_home(home: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shilu"));
    run_command(command.args(arguments).env_clear().env("HOME", home).current_dir(home), b"")
}

fn run_command(command: &mut Command, input: &[u8]) -> Ran {
    let mut child = command
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that ends without reading its input closes the pipe.
    let _ = child.stdin.take().expect("standard input").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}
