//! The page's entry.

fn main() {
    api_logs::run();
}
