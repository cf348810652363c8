//! Builds the library that stands between the server and its files (`shim.c`).

use std::path::PathBuf;
use std::{env, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=shim.c");
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo gives no OUT_DIR"))?;
    let shim = PathBuf::from(folder).join("libshim.so");
    // The crate knows the compiler of the machine, and builds archives only.
    let compiler = cc::Build::new().opt_level(1).try_get_compiler().map_err(io::Error::other)?;
    let status = compiler
        .to_command()
        .args(["-shared", "-fPIC", "-fvisibility=hidden", "-Wall", "-Wextra", "-o"])
        .arg(&shim)
        .args(["shim.c", "-lpthread"])
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("shim.c could not be built: {status}")));
    }
    println!("cargo:rustc-env=TORTURE_SHIM={}", shim.display());
    Ok(())
}
