//! What a scenario says of its survey's tables: which file, and which column holds what.

use crate::registry::leaders::Attribute;

use super::finding::{Finding, Findings};
use super::number;

/// Largest answer that a scale can have.
const LARGEST_ANSWER: f64 = 1_000_000.0;

/// The tables `[roster]`, `[memberships]` and `[ties]` of a scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// The people.
    pub roster: Roster,
    /// Who sits in which forum.
    pub memberships: Option<Memberships>,
    /// Who trusts whom and turns to whom for advice.
    pub ties: Option<Ties>,
}

/// `[roster]`: one row a person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roster {
    /// The file, from the folder of the scenario.
    pub file: String,
    /// Column of the person's opaque id.
    pub id: String,
    /// Column of the person's group, an id of `[[groups]]`.
    pub group: String,
    /// Column of the person's organisation, an id of `[[organisations]]`.
    pub organisation: Option<String>,
    /// Columns of the attributes that were asked.
    pub attributes: Vec<(Attribute, Question)>,
    /// What a cell of an attribute holds where there is no answer.
    pub missing: Vec<String>,
    /// Column that says yes or no: whether the person answered at all.
    pub responded: Option<String>,
}

/// `[memberships]`: one row for each seat in a forum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memberships {
    /// The file, from the folder of the scenario.
    pub file: String,
    /// Column of the person's id.
    pub id: String,
    /// Column of the forum, an id of `[[forums]]`.
    pub forum: String,
    /// Column that says yes where the person chairs the forum.
    pub chair: Option<String>,
}

/// `[ties]`: one row (GraphML: one edge) for each ordered pair that the survey knows of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// The file, `.csv` or `.graphml`, from the folder of the scenario.
    pub file: String,
    /// Column of the person who answered. CSV only.
    pub from: Option<String>,
    /// Column of the person whom the answer is about. CSV only.
    pub to: Option<String>,
    /// Attribute of a node that holds the person's id; without it the node's own id. GraphML only.
    pub id: Option<String>,
    /// Column of the answer on trust.
    pub trust: Option<Question>,
    /// Column of the answer on advice: yes or no, or a scale whose low end means no.
    pub advice: Option<Question>,
    /// What a cell holds where the question was asked and not answered.
    pub missing: Vec<String>,
    /// What a cell holds where the question was not asked of this pair.
    pub not_asked: Vec<String>,
}

/// A column that holds the answers to a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Name of the column.
    pub column: String,
    /// The answers that mean least and most, such as 1 and 5; 5 and 1 turn a scale round. Without
    /// a scale the column holds the model's own values.
    pub scale: Option<[f64; 2]>,
}

/// Ids that a survey's tables may refer to, each list in the order of the scenario.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ids<'a> {
    /// Ids of groups.
    pub groups: &'a [String],
    /// Ids of organisations.
    pub organisations: &'a [String],
    /// Ids of forums.
    pub forums: &'a [String],
}

impl Tables {
    /// Every question with the scenario key that it stands behind and its missing values.
    fn questions(&self) -> Vec<(String, &Question, &[String])> {
        let mut questions = Vec::new();
        for (attribute, question) in &self.roster.attributes {
            questions.push((
                attribute_key(*attribute),
                question,
                self.roster.missing.as_slice(),
            ));
        }
        if let Some(ties) = &self.ties {
            let asked = [("ties.trust", &ties.trust), ("ties.advice", &ties.advice)];
            for (key, question) in asked {
                if let Some(question) = question {
                    questions.push((key.to_owned(), question, ties.missing.as_slice()));
                }
            }
        }
        questions
    }

    /// Finds what contradicts itself before any file is opened.
    pub(super) fn check(&self, findings: &mut Findings) {
        for (key, question, missing) in self.questions() {
            let Some([least, most]) = question.scale else {
                continue;
            };
            if !question.has_sound_scale() {
                findings.add("scale", "", || {
                    Finding::error(&key, format!("[{least}, {most}] is not a scale"))
                        .allowed(format!("two different numbers up to {LARGEST_ANSWER}: the answers that mean least and most"))
                        .help("write for example scale = [1, 5]")
                });
                continue;
            }
            let inside = |marker: &&String| {
                number::plain(marker)
                    .is_some_and(|value| value >= least.min(most) && value <= least.max(most))
            };
            for marker in missing.iter().filter(inside) {
                findings.add("missing value on the scale", "", || {
                    Finding::warning(&key, format!("{marker} is a missing value and also lies on the scale from {least} to {most}"))
                        .help(format!("every {marker} in \"{}\" will count as not answered; if it is an answer, take it out of `missing`", question.column))
                });
            }
        }
        if let Some(ties) = &self.ties {
            for marker in ties
                .missing
                .iter()
                .filter(|marker| ties.not_asked.contains(marker))
            {
                findings.add("two meanings", "", || {
                    Finding::error(
                        "ties.not_asked",
                        format!("\"{marker}\" stands in both `missing` and `not_asked`"),
                    )
                    .help("not answered and not asked differ: give each its own value")
                });
            }
        }
    }
}

impl Question {
    /// Whether the ends of the scale, if there is one, are two different numbers.
    pub(super) fn has_sound_scale(&self) -> bool {
        self.scale.is_none_or(|[least, most]| {
            least.abs() <= LARGEST_ANSWER
                && most.abs() <= LARGEST_ANSWER
                && (most - least).abs() > f64::EPSILON
        })
    }
}

/// The scenario key of an attribute's column.
pub(super) fn attribute_key(attribute: Attribute) -> String {
    format!("roster.attributes.{}", attribute.entry().key())
}
