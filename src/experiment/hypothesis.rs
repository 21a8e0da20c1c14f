//! Hypotheses: what somebody claims an experiment would show, written down before it is run.

use super::factor::Factor;
use super::file::unknown;
use super::points::Arm;
use crate::measure;
use crate::registry::hypotheses::{Direction, Form, HYPOTHESIS, Scale};
use crate::registry::{Choice, Kind, Preset};
use crate::scenario::document::Table;
use crate::scenario::problem::{Class, Problem, Problems};
use crate::scenario::source::At;
use crate::scenario::{nearest, parameter as known};

/// A checked hypothesis.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypothesis {
    /// The claim in plain words.
    pub claim: String,
    /// Who claims it.
    pub source: String,
    /// What is compared.
    pub form: Form,
    /// Name of the outcome of a run that it is about.
    pub outcome: String,
    /// Which way the difference is expected to go.
    pub direction: Direction,
    /// Smallest effect of interest, above zero.
    pub smallest: f64,
    /// The scale of the differences.
    pub scale: Scale,
    /// Positions of the arms that are compared: as many as the form needs.
    pub arms: Vec<usize>,
    /// Position of the factor of a trend or shift.
    pub factor: Option<usize>,
    /// The parameter that is moved until the base can be read, and between which values.
    pub search: Option<(String, f64, f64)>,
}

/// How many arms a form compares.
fn arms_of(form: Form) -> usize {
    match form {
        Form::Trend => 0,
        Form::Contrast | Form::Shift => 2,
        Form::Interaction => 4,
    }
}

/// Whether a form goes along a factor.
fn has_factor(form: Form) -> bool {
    matches!(form, Form::Trend | Form::Shift)
}

/// Whether an outcome is yes or no, so that a share of runs has it.
fn is_yes_or_no(outcome: &str) -> bool {
    let mut outcomes = measure::RUN.iter();
    outcomes.any(|known| known.name == outcome && known.unit == "yes or no")
}

/// The hypothesis of a file; none where it has none or where something is wrong with it.
/// `factors` are those that could be read, `named` the ids of all that the file has.
pub(super) fn read(
    top: &Table,
    arms: &[Arm],
    (factors, named): (&[Factor], &[&str]),
    problems: &mut Problems,
) -> Option<Hypothesis> {
    let heading = HYPOTHESIS
        .iter()
        .find_map(|entry| top.keys.get(entry.path))
        .map(|stated| stated.key_at.clone());
    let refused = HYPOTHESIS.iter().any(|entry| top.states(entry.path));
    let heading = match heading {
        Some(heading) => heading,
        None if refused => top.at.clone(),
        None => return None,
    };
    let mut reader = Reader {
        top,
        heading,
        problems,
    };
    let complete = reader.complete();
    let outcome = reader.outcome();
    let smallest = reader.smallest();
    let form = top.choice::<Form>("hypothesis.form")?;
    let arms = reader.arms(form, arms);
    let factor = reader.factor(form, factors, named);
    let scale = reader.scale(form, outcome.as_deref());
    let search = reader.search(form, scale);
    let direction = top.choice("hypothesis.direction")?;
    if !complete {
        return None;
    }
    Some(Hypothesis {
        claim: top.text("hypothesis.claim").to_owned(),
        source: top.text("hypothesis.source").to_owned(),
        form,
        outcome: outcome?,
        direction,
        smallest: smallest?,
        scale: scale?,
        arms: arms?,
        factor: factor.filter(|_| has_factor(form)),
        search,
    })
}

/// Reads the table `[hypothesis]`.
struct Reader<'a> {
    top: &'a Table,
    /// Where the table's first key stands.
    heading: At,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn refuse(&mut self, class: Class, path: &str, message: String, allowed: &str, help: &str) {
        let at = match self.top.keys.get(path) {
            Some(stated) => &stated.at,
            None => &self.heading,
        };
        let problem = Problem::error(class, at, message);
        self.problems.push(problem.allowed(allowed).help(help));
    }

    /// Whether every key is there that all forms need.
    fn complete(&mut self) -> bool {
        let needed = HYPOTHESIS.iter().filter(|entry| {
            let of_some_forms =
                ["arms", "factor"].contains(&entry.key()) || entry.key().starts_with("search");
            entry.preset == Preset::Empty && !of_some_forms
        });
        let missing: Vec<_> = needed
            .filter(|entry| !self.top.states(entry.path))
            .collect();
        for entry in &missing {
            let message = format!("this hypothesis has no `{}`", entry.key());
            let add = format!("add {} = ...", entry.key());
            let help = format!("`{}`: {}", entry.key(), entry.line);
            self.refuse(Class::Missing, entry.path, message, &add, &help);
        }
        missing.is_empty()
    }

    fn outcome(&mut self) -> Option<String> {
        let path = "hypothesis.outcome";
        let name = self.top.text(path);
        if name.is_empty() {
            return None;
        }
        let known: Vec<&str> = measure::RUN.iter().map(|outcome| outcome.name).collect();
        if known.contains(&name) {
            return Some(name.to_owned());
        }
        let mut problem = unknown(self.top, path, name, "outcome of a run", &known);
        if nearest(name, known.iter().copied()).is_none() {
            problem = problem.help("`commonground describe outcomes` lists them");
        }
        self.problems.push(problem);
        None
    }

    fn smallest(&mut self) -> Option<f64> {
        let path = "hypothesis.smallest";
        let smallest = self.top.value(path)?.as_number()?;
        if smallest > 0.0 {
            return Some(smallest);
        }
        self.refuse(
            Class::Range,
            path,
            "the smallest effect of interest is zero, so that no result could speak against the claim".to_owned(),
            "a number above zero",
            "the smallest difference that somebody would act upon",
        );
        None
    }

    /// The arms by their positions.
    fn arms(&mut self, form: Form, arms: &[Arm]) -> Option<Vec<usize>> {
        let path = "hypothesis.arms";
        if self.top.refused.contains(path) {
            return None;
        }
        let ids: Vec<&str> = arms.iter().map(|arm| arm.id.as_str()).collect();
        let names = self.top.references(path);
        let (needed, word) = (arms_of(form), form.word());
        if names.len() != needed {
            let (message, help) = match form {
                Form::Trend => (
                    "a trend compares no arms".to_owned(),
                    "it goes along `factor`; take `arms` out",
                ),
                Form::Contrast | Form::Shift => (
                    format!("a {word} compares two arms, and here are {}", names.len()),
                    "the first is expected to be higher or lower than the second, as `direction` says",
                ),
                Form::Interaction => (
                    format!(
                        "an interaction compares four arms, and here are {}",
                        names.len()
                    ),
                    "with both, with the first alone, with the second alone, with neither: (first - second) - (third - fourth)",
                ),
            };
            let allowed = format!("{needed} arms");
            self.refuse(Class::Contradiction, path, message, &allowed, help);
            return None;
        }
        let mut found = Vec::new();
        for name in names {
            let position = ids.iter().position(|id| *id == name.id);
            if position.is_none() {
                let mut problem = unknown(self.top, path, &name.id, "arm", &ids);
                problem.at = name.at.clone();
                if ids == [""] {
                    problem = problem.help("arms are rows: [[arms]]");
                }
                self.problems.push(problem);
            } else if found.contains(&position) {
                let message = format!("\"{}\" is compared with itself", name.id);
                self.problems.push(
                    Problem::error(Class::Duplicate, &name.at, message).allowed("each arm once"),
                );
            }
            found.push(position);
        }
        found.into_iter().collect()
    }

    /// The factor by its position.
    fn factor(&mut self, form: Form, factors: &[Factor], named: &[&str]) -> Option<usize> {
        let path = "hypothesis.factor";
        let (id, word) = (self.top.text(path), form.word());
        match (has_factor(form), id.is_empty()) {
            (false, true) => return None,
            (false, false) => {
                self.refuse(
                    Class::Contradiction,
                    path,
                    format!("`factor` means nothing in the form {word}"),
                    "only in: trend, shift",
                    "take it out, or say another `form`",
                );
                return None;
            }
            (true, true) => {
                self.refuse(
                    Class::Missing,
                    path,
                    format!("a {word} goes along a factor"),
                    "add factor = ...",
                    "the id of a row of [[factors]]",
                );
                return None;
            }
            (true, false) => {}
        }
        if !named.contains(&id) {
            let mut problem = unknown(self.top, path, id, "factor", named);
            if named.is_empty() {
                problem = problem.help("factors are rows: [[factors]]");
            }
            self.problems.push(problem);
        }
        let position = factors.iter().position(|factor| factor.id == id)?;
        let levels = factors[position].levels();
        let numbers = levels
            .iter()
            .all(|level| level.cell().parse::<f64>().is_ok());
        if levels.len() == 1 || !numbers || factors[position].posterior().is_some() {
            self.refuse(
                Class::Contradiction,
                path,
                format!("the levels of \"{id}\" have no order that a {word} could follow"),
                "a factor with two numbers or more",
                "compare words with arms, in a contrast",
            );
        }
        Some(position)
    }

    /// What is moved to bring the base between .2 and .8.
    fn search(&mut self, form: Form, scale: Option<Scale>) -> Option<(String, f64, f64)> {
        let path = "hypothesis.search";
        let parameter = self.top.text(path).to_owned();
        let end = |key: &str| self.top.value(&format!("{path}_{key}"))?.as_number();
        let ends = end("low").zip(end("high"));
        if parameter.is_empty() && ends.is_none() {
            return None;
        }
        if scale != Some(Scale::Logit) && form != Form::Shift {
            self.refuse(
                Class::Contradiction,
                path,
                "a base is looked for where differences are of log odds alone".to_owned(),
                "only with scale = \"logit\", and in a shift",
                "take it out",
            );
            return None;
        }
        let number =
            known(&parameter).is_some_and(|entry| matches!(entry.kind, Kind::Number { .. }));
        let ends = ends.filter(|(low, high)| low < high);
        match (number, ends) {
            (true, Some((low, high))) => Some((parameter, low, high)),
            (false, _) => {
                self.refuse(
                    Class::Reference,
                    path,
                    format!("\"{parameter}\" is no parameter with a number"),
                    "the path of a parameter, such as horizon.success",
                    "`commonground describe parameters` lists them",
                );
                None
            }
            (true, None) => {
                self.refuse(
                    Class::Missing,
                    path,
                    "it is not said between which values to search".to_owned(),
                    "search_low and search_high, the first below the second",
                    "such as search_low = 0.2 and search_high = 2.0",
                );
                None
            }
        }
    }

    /// The scale, where it suits form and outcome.
    fn scale(&mut self, form: Form, outcome: Option<&str>) -> Option<Scale> {
        let path = "hypothesis.scale";
        if self.top.refused.contains(path) {
            return None;
        }
        let scale = self.top.choice(path).unwrap_or(Scale::Raw);
        let outcome = outcome?;
        let yes_or_no = is_yes_or_no(outcome);
        if form == Form::Shift && !yes_or_no {
            self.refuse(
                Class::Contradiction,
                "hypothesis.outcome",
                format!("a shift is of the value at which half of the runs say yes, and `{outcome}` is not yes or no"),
                "success or collapse",
                "name one of them, or say another `form`",
            );
        } else if scale == Scale::Logit && form == Form::Shift {
            self.refuse(
                Class::Contradiction,
                path,
                "`scale` means nothing in a shift, which is in the factor's unit".to_owned(),
                "only in: contrast, interaction, trend",
                "take it out",
            );
        } else if scale == Scale::Logit && !yes_or_no {
            self.refuse(
                Class::Contradiction,
                path,
                format!("`{outcome}` is not yes or no, and has no log odds"),
                "raw",
                "logit is for success and collapse",
            );
        } else if scale == Scale::Raw && yes_or_no && form == Form::Interaction {
            self.refuse(
                Class::Contradiction,
                "hypothesis.outcome",
                format!("an interaction on the share of runs with `{outcome}` can come of floor and ceiling alone"),
                "add scale = \"logit\"",
                "logit takes log odds; keep the share between .2 and .8, with horizon.success or horizon.collapse",
            );
        }
        Some(scale)
    }
}
