//! The tree that every source is read into.

use crate::diagnostic::At;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    pub value: Value,
    pub at: At,
}

#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    /// A number or date, exactly as written: `1_000`, `86.90`, `2568-03-31`.
    /// Keeping the writing keeps the cell; meaning is made where it is read.
    Bare(String),
    Bool(bool),
    List(Vec<Node>),
    Table(Table),
}

impl Value {
    /// What a message calls this kind of value.
    pub fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Value::Text(_) => ("ข้อความ", "text"),
            Value::Bare(_) => ("ตัวเลขหรือวันที่", "a number or date"),
            Value::Bool(_) => ("ค่า true/false", "true or false"),
            Value::List(_) => ("รายการในวงเล็บ [ ]", "a list in [ ]"),
            Value::Table(_) => ("ชุดข้อมูลในวงเล็บ { }", "a set of fields in { }"),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: String,
    pub key_at: At,
    pub node: Node,
}

/// Fields in the order of the file; `at` is the table's header or first brace,
/// or the row's first cell.
#[derive(Clone, Debug)]
pub struct Table {
    pub entries: Vec<Entry>,
    pub at: At,
}

impl Table {
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|e| e.key == key).map(|e| &e.node)
    }
}
