//! What a scenario says of a survey's tables: the file, and which column holds what.

use super::{Entry, Kind, Preset};

/// Tables that a scenario with a survey has: what they require is required where they are there.
pub const OPTIONAL: &[&str] = &["roster", "memberships", "ties"];

/// The tables `[roster]`, `[memberships]` and `[ties]`.
pub const SURVEY: &[Entry] = &[
    Entry::described(
        "roster.file",
        Kind::Text,
        Preset::Required,
        "CSV file with one row a person, from the folder of the scenario",
    ),
    Entry::described(
        "roster.id",
        Kind::Text,
        Preset::Required,
        "column of the person's opaque id",
    ),
    Entry::described(
        "roster.group",
        Kind::Text,
        Preset::Required,
        "column of the person's group, an id of [[groups]]",
    ),
    Entry::described(
        "roster.organisation",
        Kind::Text,
        Preset::Empty,
        "column of the person's organisation; without it the group's organisations in turn",
    ),
    Entry::described(
        "roster.attributes",
        Kind::AttributeColumns,
        Preset::Empty,
        "columns of the attributes that were asked; what is not known is drawn from the group",
    ),
    Entry::described(
        "roster.missing",
        Kind::Markers,
        Preset::Empty,
        "what a cell of an attribute holds where there is no answer",
    ),
    Entry::described(
        "roster.responded",
        Kind::Text,
        Preset::Empty,
        "column of yes and no: whether the person answered the survey",
    ),
    Entry::described(
        "memberships.file",
        Kind::Text,
        Preset::Required,
        "CSV file with one row for each seat in a forum",
    ),
    Entry::described(
        "memberships.id",
        Kind::Text,
        Preset::Required,
        "column of the person's id",
    ),
    Entry::described(
        "memberships.forum",
        Kind::Text,
        Preset::Required,
        "column of the forum, an id of [[forums]]",
    ),
    Entry::described(
        "memberships.chair",
        Kind::Text,
        Preset::Empty,
        "column of yes and no: whether the person chairs the forum",
    ),
    Entry::described(
        "ties.file",
        Kind::Text,
        Preset::Required,
        "CSV or GraphML file with one row or edge for each ordered pair that the survey knows of",
    ),
    Entry::described(
        "ties.from",
        Kind::Text,
        Preset::Empty,
        "column of the person who answered; needed for CSV",
    ),
    Entry::described(
        "ties.to",
        Kind::Text,
        Preset::Empty,
        "column of the person whom the answer is about; needed for CSV",
    ),
    Entry::described(
        "ties.id",
        Kind::Text,
        Preset::Empty,
        "GraphML: attribute of a node with the person's id; without it the node's own id",
    ),
    Entry::described(
        "ties.trust",
        Kind::ColumnMap,
        Preset::Empty,
        "column of the answers on trust",
    ),
    Entry::described(
        "ties.advice",
        Kind::ColumnMap,
        Preset::Empty,
        "column of the answers on advice: yes or no, or a scale whose low end means no",
    ),
    Entry::described(
        "ties.missing",
        Kind::Markers,
        Preset::Empty,
        "what a cell holds where a pair was asked and not answered: a tie with drawn trust",
    ),
    Entry::described(
        "ties.not_asked",
        Kind::Markers,
        Preset::Empty,
        "what a cell holds where a pair was not asked: a tie may be drawn",
    ),
];
