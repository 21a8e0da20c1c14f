//! Bytes of a file -> its text, or how to save it so that it can be read.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::finding::{Finding, Source};

/// Largest table that is read, in bytes (64 MiB).
pub const LARGEST_FILE: usize = 64 << 20;

const SAVE_AS_UTF8: &str = "save it again with the encoding UTF-8: in a spreadsheet choose \"CSV UTF-8\" as the file type, in a text editor choose UTF-8 where it asks for the encoding";
const SAVE_AS_CSV: &str =
    "open it in a spreadsheet program and save the sheet as \"CSV UTF-8 (comma delimited)\"";

/// Reads a file of a survey from a folder, at most one byte more than [`LARGEST_FILE`].
///
/// # Errors
/// When the system refuses: not there, a folder, not allowed.
pub fn read(folder: &Path, file: &str) -> io::Result<Vec<u8>> {
    let path = folder.join(file);
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(LARGEST_FILE as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why a file could not be opened, in plain words.
pub(super) fn unopened(key: &str, file: &str, error: &io::Error) -> Finding {
    match error.kind() {
        io::ErrorKind::NotFound => Finding::error(key, format!("there is no file {file}"))
            .help("the path starts from the folder of the scenario file"),
        io::ErrorKind::IsADirectory => Finding::error(key, format!("{file} is a folder"))
            .help("name the file in it, such as folder/roster.csv"),
        io::ErrorKind::PermissionDenied => {
            Finding::error(key, format!("you may not read the file {file}"))
                .help("change its permissions, or copy it to a place of your own")
        }
        _ => Finding::error(key, format!("{file} cannot be read: {error}")),
    }
}

/// The text of a file.
///
/// # Errors
/// What it is instead of a text in UTF-8, and how to save it as one.
pub(super) fn decode(key: &str, file: &str, bytes: Vec<u8>) -> Result<Arc<Source>, Box<Finding>> {
    let refuse =
        |message: String, help: &str| Err(Box::new(Finding::error(key, message).help(help)));
    if bytes.len() > LARGEST_FILE {
        return refuse(
            format!("{file} is larger than {} MiB", LARGEST_FILE >> 20),
            "keep only the columns that the scenario uses, or survey in parts",
        );
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return refuse(
            format!("{file} is a spreadsheet or a zipped file, not a CSV file"),
            SAVE_AS_CSV,
        );
    }
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if wide || is_wide(&bytes) {
        return refuse(
            format!("{file} is saved as UTF-16 (\"Unicode text\")"),
            SAVE_AS_UTF8,
        );
    }
    if bytes.contains(&0) {
        return refuse(format!("{file} is not a text file"), SAVE_AS_CSV);
    }
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(key, file, &error))?;
    if text.trim().is_empty() {
        let help = "its first line holds the names of the columns, and each line after it one row";
        return refuse(format!("{file} is empty"), help);
    }
    Ok(Arc::new(Source {
        file: file.to_owned(),
        text,
    }))
}

/// Whether every other byte of the beginning is zero: Latin letters in UTF-16 without a mark.
fn is_wide(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(200)).unwrap_or_default();
    let zeros = |parity: usize| {
        start
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let half = start.len() / 2;
    half >= 4
        && ((zeros(0) == 0 && zeros(1) * 10 >= half * 9)
            || (zeros(1) == 0 && zeros(0) * 10 >= half * 9))
}

/// Points to the first letter that is not UTF-8. Only the letters beside it are shown, because
/// nobody has checked the file for personal data yet.
fn not_utf8(key: &str, file: &str, error: &std::string::FromUtf8Error) -> Box<Finding> {
    let start = error.utf8_error().valid_up_to();
    let line = 1 + error
        .as_bytes()
        .iter()
        .take(start)
        .filter(|byte| **byte == b'\n')
        .count();
    let message = format!(
        "line {line} of {file} has a letter that is not saved as UTF-8, probably as Latin-1 or Windows-1252"
    );
    Box::new(Finding::error(key, message).help(SAVE_AS_UTF8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        let finding = decode("roster.file", "roster.csv", bytes.to_vec()).unwrap_err();
        assert!(finding.help.is_some());
        finding.message
    }

    #[test]
    fn a_mark_is_taken_off_and_text_stays() {
        let source = decode(
            "roster.file",
            "r.csv",
            b"\xEF\xBB\xBFid;\xC3\xBC\n".to_vec(),
        )
        .unwrap();
        assert_eq!(source.text, "id;ü\n");
    }

    #[test]
    fn other_encodings_are_named() {
        let wide: Vec<u8> = "person,group\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(refusal(&wide).contains("UTF-16"));
        let big: Vec<u8> = "person,group\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert!(refusal(&big).contains("UTF-16"));
        assert!(refusal(b"\xFF\xFEp\0").contains("UTF-16"));
        assert_eq!(
            refusal(b"id,team\np1,\nf\xFChrung"),
            "line 3 of roster.csv has a letter that is not saved as UTF-8, probably as Latin-1 or Windows-1252"
        );
        assert!(refusal(b"PK\x03\x04rest").contains("spreadsheet"));
        assert!(refusal(b"id\0team").contains("not a text file"));
        assert_eq!(refusal(b""), "roster.csv is empty");
        assert_eq!(refusal(b"\xEF\xBB\xBF \n\n"), "roster.csv is empty");
        assert!(refusal(&vec![b'a'; LARGEST_FILE + 1]).contains("larger than 64 MiB"));
    }
}
