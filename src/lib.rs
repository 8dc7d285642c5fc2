//! prongsai: from a folder of content files to a complete disclosure website.
//!
//! Data flow one way: files → records → site → pages → output. A room knows
//! only the rooms above it in this list.

#![forbid(unsafe_code)]

pub mod diagnostic;

pub mod thai;

pub mod fields;

pub mod catalogue;

pub mod files;

pub mod imaging;

pub mod content;

pub mod site;

pub mod data;

pub mod render;

pub mod output;

pub mod check;

pub mod serve;

pub mod write;

pub mod build;

pub mod cli;
