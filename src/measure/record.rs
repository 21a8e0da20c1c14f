//! The results of one run, as plain columns of numbers.

/// One outcome of the catalogue: a column of the results.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The column's name: the same word in files, charts and the glossary.
    pub name: &'static str,
    /// Unit, such as `share`, `cycles`; empty for a plain number.
    pub unit: &'static str,
    /// The lowest possible value; minus infinity where there is none.
    pub low: f64,
    /// The highest possible value; infinity where there is none.
    pub high: f64,
    /// What it means, in one line.
    pub line: &'static str,
    /// Who defined it: author and year; empty where it is our own count.
    pub source: &'static str,
}

/// The results of one run. `NaN` is a missing value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// One value for each outcome of the run, in the catalogue's order.
    pub run: Vec<f64>,
    /// One value for each cycle and outcome of the cycle: all outcomes of the first cycle, then
    /// those of the second, and so on. Empty where the time series is not kept.
    pub cycles: Vec<f64>,
    /// Further tables: leaders, ties, forums, contributions, events. The same ones, in the same order, in every
    /// run of an experiment.
    pub tables: Vec<Table>,
}

/// A table of one run, column by column; all columns are equally long.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Name: that of its folder in the results.
    pub name: &'static str,
    /// Columns.
    pub columns: Vec<Column>,
}

/// A column of a [`Table`].
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name.
    pub name: &'static str,
    /// Unit; empty for a plain number or a text.
    pub unit: &'static str,
    /// What it means, in one line.
    pub line: &'static str,
    /// One value a row.
    pub values: Values,
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers; `NaN` is a missing value.
    Number(Vec<f64>),
    /// Whole numbers.
    Integer(Vec<i64>),
    /// Texts; an empty text is a missing value.
    Text(Vec<String>),
}

impl Values {
    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Number(values) => values.len(),
            Self::Integer(values) => values.len(),
            Self::Text(values) => values.len(),
        }
    }

    /// Removes all values.
    pub fn clear(&mut self) {
        match self {
            Self::Number(values) => values.clear(),
            Self::Integer(values) => values.clear(),
            Self::Text(values) => values.clear(),
        }
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
