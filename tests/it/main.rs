//! Whole sites through the whole program, as a webmaster uses it.

mod arguments;
mod build;
mod check;
mod data;
mod encodings;
mod help;
mod hostile;
mod house;
mod imaging;
mod metadata;
mod mistakes;
mod pages;
mod reports;
mod search;
mod serve;
mod site;
mod theme;
