//! Whole sites through the whole program, as a webmaster uses it.

mod arguments;
mod build;
mod check;
mod encodings;
mod help;
mod hostile;
mod house;
mod metadata;
mod mistakes;
mod reports;
mod serve;
mod site;
