//! Finding a scenario and what it extends: the chain of texts, the file asked for first.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::keys;
use super::library;
use super::problem::{Class, Problem, Problems};
use super::source::{self, At, Source};
use super::tree::{self, Content, Node};

/// Longest chain of scenarios that extend each other.
const LONGEST_CHAIN: usize = 16;

/// One text of a chain, read into a tree.
pub(super) struct Link {
    /// The text.
    pub(super) source: Arc<Source>,
    /// Its tree.
    pub(super) root: Node,
}

/// Where a text came from: what `extends` in it is relative to, and how a loop is noticed.
#[derive(Clone, Debug)]
enum Origin {
    File { typed: PathBuf, real: PathBuf },
    Library(String),
    Memory,
}

impl Origin {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File { real, .. }, Self::File { real: known, .. }) => real == known,
            (Self::Library(name), Self::Library(known)) => name == known,
            _ => false,
        }
    }
}

/// The chain of a file or a scenario of the library. A path that exists wins over the library.
pub(super) fn chain(target: &str, problems: &mut Problems) -> Vec<Link> {
    match find(target, Path::new(""), 0) {
        Ok((source, origin)) => follow(source, origin, problems),
        Err(problem) => {
            problems.push(*problem);
            Vec::new()
        }
    }
}

/// A file or text, and the chains of each of the scenarios that it names in `experiment.scenarios`,
/// with their names; where it names none, its own chain.
pub(super) fn chains(target: &str, problems: &mut Problems) -> Vec<(Option<String>, Vec<Link>)> {
    let (source, origin) = match find(target, Path::new(""), 0) {
        Ok(found) => found,
        Err(problem) => {
            problems.push(*problem);
            return Vec::new();
        }
    };
    let mut unread = Problems::default();
    let root = tree::parse(&source, &mut unread);
    let named = root.get("experiment").and_then(|e| e.get("scenarios"));
    let names = match named.map(|node| &node.content) {
        Some(Content::List(names)) if !names.is_empty() => names,
        _ => return vec![(None, follow(source, origin, problems))],
    };
    if let Some(base) = root.get("extends") {
        problems.push(
            Problem::error(
                Class::Contradiction,
                &base.at,
                "this file extends one scenario and names others",
            )
            .allowed("take `extends` out, or `experiment.scenarios`")
            .help("with experiment.scenarios everything in the file is laid over each of them"),
        );
    }
    let mut chains = Vec::new();
    for name in names {
        let Some(text) = name.text() else { continue };
        match find_base(text, &name.at, &origin, 1) {
            Ok((base, from)) => {
                let mut links = follow(base, from, problems);
                let (source, root) = (Arc::clone(&source), root.clone());
                links.insert(0, Link { source, root });
                let stem = Path::new(text).file_stem().and_then(|stem| stem.to_str());
                chains.push((Some(stem.unwrap_or(text).to_owned()), links));
            }
            Err(problem) => problems.push(*problem),
        }
    }
    // What cannot be read in the file itself is said once.
    problems.append(unread);
    chains
}

/// The chain of a text that is not in a file; its base can only be in the library.
pub(super) fn chain_of_text(name: &str, text: &str, problems: &mut Problems) -> Vec<Link> {
    follow(Source::new(name, text, 0), Origin::Memory, problems)
}

fn follow(source: Arc<Source>, origin: Origin, problems: &mut Problems) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut origins = vec![origin.clone()];
    let mut next = Some((source, origin));
    while let Some((source, origin)) = next.take() {
        let root = tree::parse(&source, problems);
        let base = base_of(&root, problems);
        links.push(Link { source, root });
        let Some((name, at)) = base else { break };
        match find_base(&name, &at, &origin, links.len()) {
            Ok((_, origin)) if origins.iter().any(|known| known.is(&origin)) => problems.push(
                Problem::error(
                    Class::Extends,
                    &at,
                    "this scenario extends itself in a circle",
                )
                .allowed(format!("\"{name}\" leads back here"))
                .help("let the first of them stand by itself, or extend \"baseline\""),
            ),
            Ok(_) if links.len() >= LONGEST_CHAIN => problems.push(
                Problem::error(Class::Extends, &at, "too many scenarios extend each other")
                    .allowed(format!("up to {LONGEST_CHAIN}"))
                    .help("extend an earlier one of them"),
            ),
            Ok(found) => {
                origins.push(found.1.clone());
                next = Some(found);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    links
}

/// The name that a text extends, and where it stands.
fn base_of(root: &Node, problems: &mut Problems) -> Option<(String, At)> {
    let node = root.get("extends")?;
    if let Some(name) = node.text() {
        return Some((name.to_owned(), node.at.clone()));
    }
    let message = format!("`extends` cannot be {}", node.what());
    let problem = Problem::error(Class::Extends, &node.at, message);
    let help = "such as extends = \"baseline\", or extends = \"folder/my.toml\"";
    problems.push(
        problem
            .allowed("write a name or a path in quotes")
            .help(help),
    );
    None
}

type Found = Result<(Arc<Source>, Origin), Box<Problem>>;

/// The base that a text names; a problem points to where it is named.
fn find_base(name: &str, at: &At, origin: &Origin, order: usize) -> Found {
    let found = match origin {
        Origin::File { typed, .. } => find(name, typed.parent().unwrap_or(Path::new("")), order),
        Origin::Library(_) | Origin::Memory => find_in_library(name, order),
    };
    found.map_err(|problem| {
        if problem.at.source.text.is_empty() {
            let pointed = Problem {
                at: at.clone(),
                class: Class::Extends,
                ..*problem
            };
            Box::new(pointed.allowed("extended here"))
        } else {
            problem
        }
    })
}

fn find(name: &str, folder: &Path, order: usize) -> Found {
    let path = folder.join(name);
    let written_as_path = name.contains(['/', '\\']) || Path::new(name).extension().is_some();
    let in_library = library::text(name).is_some();
    if path.is_file() || (!in_library && (written_as_path || path.is_dir())) {
        let source = source::read(&path, order).map_err(|problem| named_after(&path, problem))?;
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        let origin = Origin::File { typed: path, real };
        return Ok((source, origin));
    }
    find_in_library(name, order)
}

/// A file that is not there may have the name of a scenario that comes with the program.
fn named_after(path: &Path, problem: Box<Problem>) -> Box<Problem> {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    match stem.filter(|stem| !path.exists() && library::text(stem).is_some()) {
        Some(stem) => Box::new((*problem).help(format!(
            "check the name and the folder, or leave them out: \"{stem}\" alone names the scenario of the library"
        ))),
        None => problem,
    }
}

fn find_in_library(name: &str, order: usize) -> Found {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    if let Some(text) = library::text(name) {
        let source = Source::new(format!("library: {name}"), text, order);
        return Ok((source, Origin::Library(name.to_owned())));
    }
    let names = library::names();
    let meant = keys::nearest(name, names.iter().copied());
    let meant = meant.map_or_else(String::new, |meant| format!("did you mean \"{meant}\"? "));
    let nowhere = At::top(&Source::new(name, "", order));
    let message = format!("there is no file and no library scenario called \"{name}\"");
    let help = format!("{meant}the library has: {}", names.join(", "));
    Err(Box::new(
        Problem::error(Class::File, &nowhere, message).help(help),
    ))
}
