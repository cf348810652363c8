//! Tells cargo that the built page is part of the server.

fn main() {
    println!("cargo::rerun-if-changed=../dist");
}
