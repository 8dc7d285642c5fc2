//! Opens a file, at a line where the program knows lines.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Programs that are tried when none is named: those that open a line.
const USUAL: &[&str] = if cfg!(windows) {
    &["code.cmd -g {file}:{line}", "notepad++.exe -n{line} {file}"]
} else {
    &["code -g {file}:{line}"]
};

/// Starts the command, with `{file}` and `{line}` filled in; without one, a
/// usual editor, else what the system opens such files with.
pub fn open(command: Option<&str>, file: &Path, line: usize) -> io::Result<()> {
    if let Some(command) = command {
        return start(command, file, line);
    }
    for command in USUAL {
        match start(command, file, line) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            other => return other,
        }
    }
    opener::open(file).map_err(io::Error::other)
}

fn start(command: &str, file: &Path, line: usize) -> io::Result<()> {
    let mut words = words(command);
    if !words.iter().any(|word| word.contains("{file}")) {
        words.push("{file}".into());
    }
    let file = file.to_string_lossy();
    let mut words = words.iter().map(|word| {
        word.replace("{line}", &line.to_string())
            .replace("{file}", &file)
    });
    let program = words
        .next()
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // Nobody waits for an editor, but its end must be taken note of.
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// Words parted by spaces; double quotes hold a path with spaces together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_parted_as_a_person_means_it() {
        assert_eq!(
            words(r#""C:\Program Files\Notepad++\notepad++.exe" -n{line} "{file}""#),
            [
                r"C:\Program Files\Notepad++\notepad++.exe",
                "-n{line}",
                "{file}"
            ]
        );
        assert!(words("  ").is_empty());
    }
}
