//! The browser: the only room that touches it. A leaf: it knows nothing of calls.

pub mod boot;
pub mod clipboard;
pub mod clock;
pub mod element;
pub mod fetch;
pub mod history;
pub mod keyboard;
pub mod measure;
pub mod pointer;
pub mod print;
pub mod storage;
pub mod theme;
pub mod visibility;
pub mod zone;
