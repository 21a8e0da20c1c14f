//! The house keeps its order: each part imports only what stands to its left, no rule of the model
//! imports another, files stay small, and only the command line prints.

mod planted;
mod reading;

use reading::{Mention, Token};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

/// The parts of the program. A part may import what stands to its left; parts on one line may
/// import each other, but never in a circle.
const PROGRAM: &[&[&str]] = &[
    &["quantity", "math", "random"],
    &["registry"],
    &["model"],
    &["measure"],
    &["scenario"],
    &["store"],
    &["experiment"],
    &["analysis"],
    &["report"],
    &["cli", "web"],
    &["main"],
];

/// The same order inside the model.
const MODEL: &[&[&str]] = &[
    &[
        "setup",
        "leader",
        "organisation",
        "forum",
        "network",
        "advice",
        "event",
    ],
    &["levers", "changes"],
    &["arrangements"],
    &["stage"],
    &["rules"],
    &["founding", "minds"],
    &["meeting", "reflection"],
    &["world"],
    &["weighing", "interventions"],
    &["succession"],
    &["cycle"],
];

const LONGEST_FILE: usize = 400;
const LONGEST_MAIN: usize = 60;

/// Source files: path from the package's root -> text.
type Files = BTreeMap<String, String>;

/// The modules that a file stands in: `src/model/rules/trust.rs` -> model, rules, trust.
fn module(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut module: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if module
        .last()
        .is_some_and(|name| name == "mod" || name == "lib")
    {
        module.pop();
    }
    module
}

/// One source file under `src/`, read, without its tests.
struct Source<'a> {
    path: &'a str,
    module: Vec<String>,
    tokens: Vec<Token>,
}

/// All files under `src/` that are not test modules.
fn sources(files: &Files) -> Vec<Source<'_>> {
    let mut sources = Vec::new();
    let mut tests = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("src/")) {
        let module = module(path);
        let (tokens, test_modules) = reading::without_tests(&reading::tokens(text));
        tests.extend(
            test_modules
                .into_iter()
                .map(|name| [module.clone(), vec![name]].concat()),
        );
        sources.push(Source {
            path,
            module,
            tokens,
        });
    }
    sources.retain(|source| !tests.iter().any(|test| source.module.starts_with(test)));
    sources
}

fn place(order: &[&[&str]], name: &str) -> Option<usize> {
    order.iter().position(|line| line.contains(&name))
}

/// Everything in which the files break the order, one sentence each.
fn violations(files: &Files) -> Vec<String> {
    let sources = sources(files);
    let rules: BTreeSet<&str> = sources
        .iter()
        .filter(|source| {
            source
                .module
                .starts_with(&["model".to_owned(), "rules".to_owned()])
        })
        .filter_map(|source| source.module.get(2).map(String::as_str))
        .collect();
    let mut found = too_long(files);
    let (mut in_program, mut in_model) = (BTreeSet::new(), BTreeSet::new());
    for source in &sources {
        found.extend(prints(source));
        for mention in reading::mentions(&source.tokens, &source.module) {
            let program = against(PROGRAM, &source.module, &mention.path, &mut in_program);
            let model = match (source.module.split_first(), mention.path.split_first()) {
                (Some((own, inner)), Some((named, rest))) if own == "model" && named == "model" => {
                    against(MODEL, inner, rest, &mut in_model)
                }
                _ => None,
            };
            let rule = between_rules(&rules, &source.module, &mention.path);
            for reason in [program, model, rule].into_iter().flatten() {
                let Mention { path, line } = &mention;
                let place = format!("{}:{line}", source.path);
                found.push(format!(
                    "{place} names crate::{}: {reason}",
                    path.join("::")
                ));
            }
        }
    }
    found.extend(unplaced(&sources));
    found.extend(circles(&in_program).into_iter().chain(circles(&in_model)));
    found
}

/// Why `from` must not import `to`, if so. Imports between parts of one line are noted in `beside`.
fn against(
    order: &[&[&str]],
    from: &[String],
    to: &[String],
    beside: &mut BTreeSet<(String, String)>,
) -> Option<String> {
    // `lib.rs` and `model/mod.rs` list their parts and stand outside the order.
    let from = from.first()?;
    let own = place(order, from)?;
    let to = to.first().map_or("it", String::as_str);
    let Some(named) = place(order, to) else {
        return Some(format!(
            "{to} has no place in the order; name the module an item stands in"
        ));
    };
    if named == own && from != to {
        beside.insert((from.clone(), to.to_owned()));
    }
    (named > own).then(|| format!("{to} stands to the right of {from}"))
}

/// Why a rule must not name this path, if so: it is another rule, or hides which rule it is.
fn between_rules(rules: &BTreeSet<&str>, from: &[String], to: &[String]) -> Option<String> {
    let [model, folder, own, ..] = from else {
        return None;
    };
    let ["model", "rules", named @ ..] = &to.iter().map(String::as_str).collect::<Vec<_>>()[..]
    else {
        return None;
    };
    let hidden = matches!(named.first(), None | Some(&"*"));
    let other = named
        .first()
        .is_some_and(|name| name != own && rules.contains(name));
    (model == "model" && folder == "rules" && (hidden || other))
        .then(|| format!("the rule {own} must not import another rule"))
}

/// Parts that import each other in a circle.
fn circles(beside: &BTreeSet<(String, String)>) -> Vec<String> {
    let circle = beside
        .iter()
        .filter(|(from, to)| reached(beside, to).contains(from));
    circle
        .map(|(from, to)| format!("{from} imports {to}, which leads back to {from}"))
        .collect()
}

/// Everything that `start` imports, directly or not, and itself.
fn reached<'a>(beside: &'a BTreeSet<(String, String)>, start: &'a String) -> BTreeSet<&'a String> {
    let mut seen = BTreeSet::from([start]);
    while let Some((_, next)) = beside
        .iter()
        .find(|(from, to)| seen.contains(from) && !seen.contains(to))
    {
        seen.insert(next);
    }
    seen
}

/// Modules that have no place in the order.
fn unplaced(sources: &[Source<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    for Source { path, module, .. } in sources {
        let in_program = module
            .first()
            .is_none_or(|name| place(PROGRAM, name).is_some());
        let in_model = match module.as_slice() {
            [part, name, ..] if part == "model" => place(MODEL, name).is_some(),
            _ => true,
        };
        if !(in_program && in_model) {
            found.push(format!(
                "{path} has no place in the order; give it one, or another home"
            ));
        }
    }
    found
}

/// Files that have grown beyond one idea.
fn too_long(files: &Files) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        let most = if path == "src/main.rs" {
            LONGEST_MAIN
        } else {
            LONGEST_FILE
        };
        let lines = text.lines().count();
        if lines > most {
            found.push(format!(
                "{path} has {lines} lines, the most is {most}: split it by idea"
            ));
        }
    }
    found
}

/// Printing outside the command line.
fn prints(source: &Source<'_>) -> Vec<String> {
    const MACROS: [&str; 5] = ["println", "print", "eprintln", "eprint", "dbg"];
    if source
        .module
        .first()
        .is_some_and(|part| part == "cli" || part == "main")
    {
        return Vec::new();
    }
    let calls = source.tokens.windows(2).filter(|pair| pair[1].text == "!");
    calls
        .map(|pair| &pair[0])
        .filter(|token| MACROS.contains(&token.text.as_str()))
        .map(|token| {
            format!(
                "{}:{} {}! outside cli and main",
                source.path, token.line, token.text
            )
        })
        .collect()
}

/// The `.rs` files under `folder`, added to `files`.
fn collect(root: &Path, folder: &str, files: &mut Files) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(root, &path, files)?;
        } else if path.ends_with(".rs") {
            files.insert(path.clone(), std::fs::read_to_string(root.join(&path))?);
        }
    }
    Ok(())
}

#[test]
fn the_house_keeps_its_order() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Files::new();
    for folder in ["src", "tests", "benches"] {
        if root.join(folder).is_dir() {
            collect(root, folder, &mut files)?;
        }
    }
    assert!(files.contains_key("src/lib.rs"), "no source was read");
    let found = violations(&files);
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}
