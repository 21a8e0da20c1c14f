//! What the registry knows of one key.

/// What may stand behind a key. Bounds (`low`, `high`) are both allowed.
#[allow(missing_docs, reason = "the fields say what they are")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A number between two bounds, both allowed.
    Number { low: f64, high: f64 },
    /// A whole number between two bounds, both allowed.
    Integer { low: f64, high: f64 },
    /// A number, or `{ mean = ..., sd = ... }`: a normal distribution cut to the bounds.
    Spread { low: f64, high: f64 },
    /// One word of a list.
    Choice { words: &'static [&'static str] },
    /// Any of a list of words, each once.
    Words { words: &'static [&'static str] },
    /// `true` or `false`.
    Flag,
    /// Free text.
    Text,
    /// An identifier: letters, digits, `-` and `_`.
    Id,
    /// A list of identifiers of the named table.
    References { table: &'static str },
    /// One identifier of the named table.
    Reference { table: &'static str },
    /// A table of shares for the three kinds of leaders.
    Mix,
    /// A table `{ kind = ..., leader = ... }` that says who chairs.
    Chair,
    /// The name of a column with a survey's answers, or `{ column = ..., scale = [..., ...] }`.
    ColumnMap,
    /// A table from attributes of leaders to columns, each as [`Kind::ColumnMap`].
    AttributeColumns,
    /// A list of texts that stand for a missing answer.
    Markers,
    /// A list of texts: names of scenarios or outcomes.
    Names,
    /// A list of anything: values of the parameter that a factor varies.
    Values,
    /// Values of parameters, by their paths.
    Changes,
}

/// The value of a key that a scenario leaves out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Preset {
    /// The scenario must state it.
    Required,
    /// It may be left out and then means nothing.
    Empty,
    /// A number (for a choice: the index of the word).
    Number(f64),
    /// A mean and a standard deviation.
    Spread(f64, f64),
    /// Means for clinicians, managers and citizens, and one standard deviation.
    ByKind([f64; 3], f64),
}

/// What a key is to somebody who designs an experiment (XLRM: exogenous uncertainties, levers,
/// relationships, measures).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Something a design can choose.
    Lever,
    /// Something nobody knows for sure.
    Uncertainty,
    /// A choice of form.
    Structure,
    /// What there is: names, rosters, sizes.
    Description,
}

/// One key of a scenario file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Full path in the scenario file, such as `mechanisms.trust.gain`.
    pub path: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// What stands there when the scenario is silent.
    pub preset: Preset,
    /// Unit in plain words; `share` is a number from 0 to 1.
    pub unit: &'static str,
    /// The symbol of the equations, or empty.
    pub symbol: &'static str,
    /// Lever, uncertainty, structure or description.
    pub role: Role,
    /// Where the value comes from: author and year, or `assumption`.
    pub source: &'static str,
    /// One line of meaning.
    pub line: &'static str,
}

impl Entry {
    /// A key that describes who and what there is: no unit, symbol or source.
    pub(super) const fn described(
        path: &'static str,
        kind: Kind,
        preset: Preset,
        line: &'static str,
    ) -> Self {
        Self {
            path,
            kind,
            preset,
            unit: "",
            symbol: "",
            role: Role::Description,
            source: "",
            line,
        }
    }

    /// The last part of the path: the key itself.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }

    /// The path without its last part: the table that the key stands in.
    #[must_use]
    pub fn table(&self) -> &'static str {
        self.path.rsplit_once('.').map_or("", |(table, _)| table)
    }

    /// The bounds of a numeric entry.
    #[must_use]
    pub fn bounds(&self) -> Option<(f64, f64)> {
        match self.kind {
            Kind::Number { low, high }
            | Kind::Integer { low, high }
            | Kind::Spread { low, high } => Some((low, high)),
            _ => None,
        }
    }

    /// What may stand there, with its unit where the words do not tell it.
    #[must_use]
    pub fn wanted(&self) -> String {
        match self.unit {
            "" | "share" => self.allowed(),
            unit => format!("{} ({unit})", self.allowed()),
        }
    }

    /// What may stand there, in plain words.
    #[must_use]
    pub fn allowed(&self) -> String {
        match self.kind {
            Kind::Number { low, high } => format!("a number from {low} to {high}"),
            Kind::Integer { low, high } => format!("a whole number from {low} to {high}"),
            Kind::Spread { low, high } => {
                format!(
                    "a number from {low} to {high}, or {{ mean = ..., sd = ... }} within those bounds"
                )
            }
            Kind::Choice { words } => format!("one of {}", quoted(words)),
            Kind::Words { words } => format!("a list in brackets, of {}", quoted(words)),
            Kind::Flag => "true or false".to_owned(),
            Kind::Text => "text in quotes".to_owned(),
            Kind::Id => "a name of letters, digits, - and _, in quotes".to_owned(),
            Kind::References { table } => {
                format!("a list of ids from [[{table}]], such as [\"a\", \"b\"]")
            }
            Kind::Reference { table } => format!("an id from [[{table}]], in quotes"),
            Kind::Mix => {
                "shares of the kinds, such as { clinician = 0.5, manager = 0.35, citizen = 0.15 }"
                    .to_owned()
            }
            Kind::Chair => {
                "{ kind = \"organic\", leader = \"id of a group\" }, or { kind = \"neutral\" }"
                    .to_owned()
            }
            Kind::ColumnMap => {
                "the name of a column in quotes, or { column = \"q7\", scale = [1, 5] }".to_owned()
            }
            Kind::AttributeColumns => {
                "columns of attributes, such as { skill = { column = \"q3\", scale = [1, 5] } }"
                    .to_owned()
            }
            Kind::Markers => "a list of texts in quotes, such as [\"\", \"NA\"]".to_owned(),
            Kind::Names => "a list of names in quotes, such as [\"stp-a\", \"stp-b\"]".to_owned(),
            Kind::Values => "a list of values in brackets, such as [0.1, 0.2]".to_owned(),
            Kind::Changes => {
                "parameters with their values, such as set.mechanisms.trust.gain = 0.1".to_owned()
            }
        }
    }
}

fn quoted(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    quoted.join(", ")
}
