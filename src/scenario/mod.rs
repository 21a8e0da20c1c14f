//! Scenario files: from text to a checked [`Setup`].
//!
//! A scenario is a TOML file of parameters, places, organisations, groups of leaders and forums; it
//! may extend another. Reading one takes these steps, each in its own file:
//!
//! 1. `extends` finds the file or the scenario of the `library` and what it extends, and
//!    `tree` reads each text into values with their places;
//! 2. `merge` lays them over each other, `overrides` states changes from the command line;
//! 3. `walk` checks every statement by itself against the registry (`value`, `keys`), which
//!    gives a `document`;
//! 4. `rules` checks what rows must satisfy together, and `import` reads the tables of a
//!    `survey`, where there is one;
//! 5. `expand` makes rows into organisations, posts and forums in their `places`, `seats` or
//!    `members` fills the forums and `chairs` finds who leads them;
//! 6. `lint` says what changes nothing.
//!
//! Every [`Problem`] of a scenario is found at once, with file, place, what is allowed and what to do.

mod acquaintance;
mod amount;
mod chairs;
mod change;
mod differing;
pub mod document;
mod expand;
mod extends;
mod import;
mod interventions;
mod keys;
pub mod library;
mod lint;
mod members;
mod merge;
mod neighbourhoods;
mod overrides;
mod places;
pub mod problem;
mod resolved;
mod rules;
mod schema;
mod seats;
pub mod source;
pub mod survey;
mod syntax;
mod template;
mod tree;
mod value;
mod walk;

use std::sync::Arc;

pub use change::{Change, Level, parameter};
pub use differing::Differing;
pub use document::Document;
pub(crate) use keys::nearest;
pub use problem::{Problem, ScenarioErrors, render};
pub use resolved::{resolved, resolved_experiment, written};
pub use schema::schema;
pub use source::Source;
pub use template::new;

use crate::model::setup::Setup;
use extends::Link;
use places::Places;
use problem::Problems;
use survey::Survey;
use tree::Node;

/// A scenario that has been read and checked.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name: the file's without folder and ending, or the library's.
    pub name: String,
    /// Its statements, with those that it extends.
    pub document: Document,
    /// The system or systems that it describes.
    pub setup: Setup,
    /// The survey that its people come from, where there is one.
    pub survey: Option<Survey>,
    /// What changes nothing in it, and what a reader should know.
    pub warnings: Vec<Problem>,
    /// The texts it was read from: the file, then what it extends.
    pub sources: Vec<Arc<Source>>,
    root: Node,
}

/// Reads a scenario: a file, or a name of the [`library`] where there is no such file; `sets` are
/// changes of the form `path=value`, applied last.
///
/// # Errors
/// Everything that is wrong with it, in the order of the files.
pub fn load(target: &str, sets: &[String]) -> Result<Scenario, ScenarioErrors> {
    let mut problems = Problems::default();
    let links = extends::chain(target, &mut problems);
    let name = std::path::Path::new(target)
        .file_stem()
        .and_then(|stem| stem.to_str());
    read(name.unwrap_or(target), links, sets, problems)
}

/// Reads an experiment's scenarios: each of those that its `experiment.scenarios` names, with the
/// file laid over it, or the one that the file describes. A plain scenario is one of these.
///
/// # Errors
/// Everything that is wrong with the first of them that is wrong.
pub fn load_each(target: &str, sets: &[String]) -> Result<Vec<Scenario>, ScenarioErrors> {
    let mut problems = Problems::default();
    let chains = extends::chains(target, &mut problems);
    if problems.any_error() && chains.first().is_none_or(|(name, _)| name.is_some()) {
        return Err(ScenarioErrors {
            problems: problems.ordered(),
        });
    }
    let file = std::path::Path::new(target).file_stem();
    let file = file.and_then(|stem| stem.to_str()).unwrap_or(target);
    let each = chains.into_iter().map(|(name, links)| {
        let name = name.unwrap_or_else(|| file.to_owned());
        read(&name, links, sets, problems.clone())
    });
    each.collect()
}

/// Reads a scenario from a text; what it extends, and the tables that it names, are in the library.
///
/// # Errors
/// Everything that is wrong with it.
pub fn from_text(name: &str, text: &str, sets: &[String]) -> Result<Scenario, ScenarioErrors> {
    let mut problems = Problems::default();
    let links = extends::chain_of_text(name, text, &mut problems);
    read(name, links, sets, problems)
}

fn read(
    name: &str,
    links: Vec<Link>,
    sets: &[String],
    mut problems: Problems,
) -> Result<Scenario, ScenarioErrors> {
    let sources: Vec<Arc<Source>> = links.iter().map(|link| Arc::clone(&link.source)).collect();
    let Some(first) = sources.first() else {
        return Err(ScenarioErrors {
            problems: problems.ordered(),
        });
    };
    if first.text.trim().is_empty() {
        let message = format!("{} is empty", first.name);
        let problem = Problem::error(problem::Class::File, &source::At::top(first), message);
        problems
            .push(problem.help("`commonground new my-scenario` writes a scenario to start from"));
    }
    let mut root = Node::table(source::At::top(first));
    for link in links.into_iter().rev() {
        merge::lay_over("", &mut root, link.root, &mut problems);
    }
    let scenario = Scenario {
        name: name.to_owned(),
        document: Document::empty(first),
        setup: Setup::default(),
        survey: None,
        warnings: Vec::new(),
        sources,
        root,
    };
    scenario.checked(sets, problems)
}

impl Scenario {
    /// The same scenario with changes of the form `path=value`.
    ///
    /// # Errors
    /// Everything that is wrong with it then.
    pub fn with(&self, sets: &[String]) -> Result<Self, ScenarioErrors> {
        self.clone().checked(sets, Problems::default())
    }

    fn checked(mut self, sets: &[String], mut problems: Problems) -> Result<Self, ScenarioErrors> {
        for set in sets {
            overrides::apply(&mut self.root, set, &mut problems);
        }
        self.document = walk::walk(&self.root, &mut problems);
        let places = Places::new(&self.document);
        rules::check(&self.document, &places, &mut problems);
        self.survey = None;
        if !problems.any_error() {
            self.survey = import::import(&self.document, &places, &mut problems);
        }
        if !problems.any_error() {
            let survey = self.survey.as_ref();
            let (setup, forum_rows) =
                expand::expand(&self.document, &places, survey, &mut problems);
            if !problems.any_error() {
                acquaintance::check(&self.document, &setup, &mut problems);
                lint::lint(&self.document, &setup, &forum_rows, &mut problems);
            }
            self.setup = setup;
        }
        problems.drop_echoes();
        if problems.any_error() {
            return Err(ScenarioErrors {
                problems: problems.ordered(),
            });
        }
        self.warnings = problems.ordered();
        Ok(self)
    }

    /// What kind of description it is, in words: roster from source, statutory form, stylised.
    #[must_use]
    pub fn status(&self) -> &'static str {
        self.document
            .top
            .words("about.status")
            .first()
            .copied()
            .unwrap_or_default()
    }

    /// A table that the scenario's file names, from the folder of the text that names it or else from
    /// the library; `at` is where it does.
    ///
    /// # Errors
    /// When it cannot be read, or is not text.
    pub fn table(&self, file: &str, at: &source::At) -> Result<Arc<Source>, Box<Problem>> {
        let home = if at.source.is_change() {
            &self.document.top.at.source.home
        } else {
            &at.source.home
        };
        let beside = match home {
            source::Home::Folder(folder) => std::fs::read(folder.join(file)).ok(),
            source::Home::Library => None,
        };
        let bytes = beside.or_else(|| library::file(file).map(<[u8]>::to_vec));
        let bytes = bytes.ok_or_else(|| {
            let message = format!("the file {file} cannot be read");
            let problem = Problem::error(problem::Class::File, at, message);
            Box::new(
                problem
                    .allowed("not there, or not for you")
                    .help("check its name: it is looked for beside the file that names it"),
            )
        })?;
        source::decode(std::path::Path::new(file), &bytes, self.sources.len())
    }

    /// The title, as charts and reports show it.
    #[must_use]
    pub fn title(&self) -> &str {
        self.document.top.text("about.title")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn baseline_has_120_leaders_and_13_forums() {
        let scenario = load("baseline", &[])
            .unwrap_or_else(|errors| panic!("{}", render(&errors.problems, false)));
        let setup = &scenario.setup;
        assert_eq!(setup.posts.len(), 120);
        assert_eq!(setup.organisations.len(), 9);
        let sizes: Vec<usize> = setup
            .forums
            .iter()
            .map(|forum| forum.members.len())
            .collect();
        assert_eq!(sizes, [12, 10, 10, 10, 10, 8, 8, 8, 8, 8, 8, 8, 8]);
        assert!(setup.forums.iter().all(|forum| forum.chair.post.is_some()));
    }
}
