//! Ties from GraphML, the network format of Gephi, igraph, NetworkX, visone and yEd.
//!
//! An edge is an ordered pair: its source answered, its target is whom the answer is about. The
//! questions are attributes of edges; a default that the file declares counts as the answer.

mod checks;
mod element;
mod network;

use std::sync::Arc;

use roxmltree::{Document, ParsingOptions};

use super::finding::{Finding, Findings, Source, quoted};
use super::known::Tie;
use super::register::Register;
use super::tables::Ties;
use super::ties::Reader;
use network::Network;

/// Most parts of XML (elements, texts) that are read.
const MOST_PARTS: u32 = 4_000_000;

/// Whether a file's name says that it is GraphML.
pub(super) fn is_named_so(file: &str) -> bool {
    let name = file.to_lowercase();
    name.ends_with(".graphml") || name.ends_with(".xml")
}

/// Reads ties from a network file.
pub(super) fn read(
    table: &Ties,
    people: &Register,
    source: &Arc<Source>,
    findings: &mut Findings,
) -> Vec<Tie> {
    let options = ParsingOptions {
        nodes_limit: MOST_PARTS,
        ..ParsingOptions::default()
    };
    let document = match Document::parse_with_options(&source.text, options) {
        Ok(document) => document,
        Err(error) => {
            findings.add("XML", &source.file, || malformed(&source.file, &error));
            return Vec::new();
        }
    };
    let Some(network) = Network::new(&document, source, findings) else {
        return Vec::new();
    };
    if network.is_personal(people, findings) || !network.is_sound(table, findings) {
        return Vec::new();
    }
    let Some(columns) = network.columns(table, findings) else {
        return Vec::new();
    };
    let Some(nodes) = network.nodes(table, people, findings) else {
        return Vec::new();
    };
    let mut reader = Reader::new(table, people, source, findings);
    for element in network.children("edge") {
        network.edge(element, &columns, &nodes, &mut reader);
    }
    reader.finish()
}

/// A file that is not well-formed; only its place is shown, because nobody has checked it for
/// personal data yet.
fn malformed(file: &str, error: &roxmltree::Error) -> Finding {
    use roxmltree::Error::{
        DtdDetected, NoRootNode, NodesLimitReached, UnclosedRootNode, UnexpectedCloseTag,
        UnexpectedEndOfStream,
    };
    let place = format!("line {} of {file}", error.pos().row);
    let message = match error {
        DtdDetected => {
            format!("{file} has a document type (<!DOCTYPE ...>), which is not accepted")
        }
        NodesLimitReached => format!("{file} is too large: more than {MOST_PARTS} elements"),
        NoRootNode | UnclosedRootNode | UnexpectedEndOfStream => {
            format!("{file} breaks off before its end: the last elements are not closed")
        }
        UnexpectedCloseTag(open, close, _) => format!(
            "{place} closes {}, but {} is still open",
            quoted(close),
            quoted(open)
        ),
        _ => format!(
            "{place} is not well-formed XML (column {})",
            error.pos().col
        ),
    };
    let help = match error {
        DtdDetected => "take the line with <!DOCTYPE ...> out",
        NodesLimitReached => "save the ties as a CSV table, which may be larger",
        _ => "export the network again as GraphML, or correct the file with a text editor",
    };
    Finding::error("ties.file", message).help(help)
}
