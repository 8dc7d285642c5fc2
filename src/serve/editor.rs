//! Opens a file, at a line where the program knows lines.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Programs that are tried when none is named: those that open a line.
const USUAL: &[&str] = if cfg!(windows) {
    &["code.cmd -g {file}:{line}", "notepad++.exe -n{line} {file}"]
} else {
    &["code -g {file}:{line}"]
};

/// A program that could not begin says so within this.
const AT_ONCE: Duration = Duration::from_millis(300);

/// Starts the command, with `{file}` and `{line}` filled in; without one, a
/// usual editor, else what the system opens such files with.
pub fn open(command: Option<&str>, file: &Path, line: usize) -> io::Result<()> {
    if let Some(command) = command.filter(|c| !c.trim().is_empty()) {
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
    // The file is opened, never run.
    if words
        .first()
        .is_none_or(|program| program.contains("{file}"))
    {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
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
    // Nobody waits for an editor; but one that fails at once is told.
    let (sender, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let _ = sender.send(child.wait());
    });
    match ended.recv_timeout(AT_ONCE) {
        Ok(Ok(status)) if !status.success() => Err(io::Error::other(status.to_string())),
        Ok(Err(error)) => Err(error),
        _ => Ok(()),
    }
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

    #[test]
    fn a_file_is_never_the_program() {
        let file = Path::new("/bin/true");
        for command in ["{file}", "\"{file}\" x", "x{file}"] {
            assert!(start(command, file, 1).is_err(), "{command}");
        }
    }
}
