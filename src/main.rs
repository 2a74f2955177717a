//! The door: arguments in, exit code out.

fn main() {
    std::process::exit(i32::from(shilu::command::main()));
}
