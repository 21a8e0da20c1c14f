//! The registry as a JSON Schema, for editors that complete and check scenario files.

use serde_json::{Map, Value, json};

use super::keys;
use crate::registry::leaders::{Attribute, LeaderKind};
use crate::registry::places::ChairKind;
use crate::registry::{Choice, Entry, Kind, Preset};

/// The JSON Schema of a scenario file.
#[must_use]
pub fn schema() -> Value {
    let mut schema = table("");
    if let Value::Object(object) = &mut schema {
        object.insert(
            "$schema".to_owned(),
            json!("http://json-schema.org/draft-07/schema#"),
        );
        object.insert("title".to_owned(), json!("commonground scenario"));
    }
    schema
}

/// The schema of a table. What a file extends may hold the required keys, so none is required here
/// but the ids of rows.
fn table(path: &str) -> Value {
    let mut properties = Map::new();
    for name in keys::within(path) {
        let full = keys::join(path, name);
        let of_key = match keys::find(&full) {
            Some(entry) => key(entry),
            None if keys::is_rows(&full) => json!({ "type": "array", "items": table(&full) }),
            None => table(&full),
        };
        properties.insert(name.to_owned(), of_key);
    }
    let mut schema =
        json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if keys::is_rows(path) {
        schema["required"] = json!(["id"]);
    }
    schema
}

fn key(entry: &Entry) -> Value {
    let mut schema = kind(entry.kind);
    let unit = if entry.unit.is_empty() {
        String::new()
    } else {
        format!(" ({})", entry.unit)
    };
    schema["description"] = json!(format!("{}{unit}. {}", entry.line, entry.allowed()));
    match (entry.preset, entry.kind) {
        (Preset::Number(_), Kind::Choice { words }) => {
            if let Some(word) = preset_word(entry, words) {
                schema["default"] = json!(word);
            }
        }
        (Preset::Number(number), _) => schema["default"] = json!(number),
        (Preset::Spread(mean, sd), _) => schema["default"] = json!({ "mean": mean, "sd": sd }),
        _ => {}
    }
    schema
}

/// The word that a choice has where a scenario is silent.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index of a handful of words"
)]
pub(super) fn preset_word(entry: &Entry, words: &[&'static str]) -> Option<&'static str> {
    match entry.preset {
        Preset::Number(index) => words.get(index as usize).copied(),
        _ => None,
    }
}

fn kind(kind: Kind) -> Value {
    let id = json!({ "type": "string", "pattern": "^[\\p{L}\\p{N}_-]{1,80}$" });
    match kind {
        Kind::Number { low, high } => json!({ "type": "number", "minimum": low, "maximum": high }),
        Kind::Integer { low, high } => {
            json!({ "type": "integer", "minimum": low, "maximum": high })
        }
        Kind::Spread { low, high } => {
            let mean = json!({ "type": "number", "minimum": low, "maximum": high });
            let sd = json!({ "type": "number", "minimum": 0, "maximum": high - low });
            let both = json!({ "mean": mean, "sd": sd });
            json!({ "anyOf": [mean, { "type": "object", "additionalProperties": false, "required": ["mean"], "properties": both }] })
        }
        Kind::Choice { words } => json!({ "enum": words }),
        Kind::Words { words } => json!({ "type": "array", "items": { "enum": words } }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Text => json!({ "type": "string" }),
        Kind::Id | Kind::Reference { .. } => id,
        Kind::References { .. } => json!({ "type": "array", "uniqueItems": true, "items": id }),
        Kind::Mix => {
            let share = json!({ "type": "number", "minimum": 0, "maximum": 1 });
            let shares: Map<String, Value> = LeaderKind::WORDS
                .iter()
                .map(|word| ((*word).to_owned(), share.clone()))
                .collect();
            json!({ "type": "object", "additionalProperties": false, "properties": shares })
        }
        Kind::Chair => json!({
            "type": "object", "additionalProperties": false,
            "properties": { "kind": { "enum": ChairKind::WORDS }, "leader": id },
        }),
        Kind::ColumnMap => column(),
        Kind::AttributeColumns => {
            let columns: Map<String, Value> = Attribute::ALL
                .iter()
                .map(|attribute| (attribute.entry().key().to_owned(), column()))
                .collect();
            json!({ "type": "object", "additionalProperties": false, "properties": columns })
        }
        Kind::Markers => json!({ "type": "array", "items": { "type": ["string", "number"] } }),
        Kind::Names => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Values => json!({ "type": "array", "minItems": 1 }),
        Kind::Changes => json!({ "type": "object" }),
    }
}

fn column() -> Value {
    let scale =
        json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 });
    let both = json!({ "column": { "type": "string" }, "scale": scale });
    json!({ "anyOf": [{ "type": "string" }, { "type": "object", "additionalProperties": false, "required": ["column"], "properties": both }] })
}
