//! What results are of: the same identity, the same bytes.

use super::chunk::Span;

/// The hash of everything in this program that can change a result: the sources of the model and
/// the locked versions of the packages that it uses.
#[must_use]
pub fn model_hash() -> &'static str {
    env!("COMMONGROUND_MODEL_HASH")
}

/// What a results folder holds the results of. The numbers of replicates, of design points that
/// follow on each other, threads and processes are no part of it: results are extended in the same
/// folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The scenario's or experiment's name.
    pub name: String,
    /// The model hash: [`model_hash`], except in tests.
    pub model: String,
    /// The resolved scenarios, each with its name and its text, experiment and all.
    pub scenarios: Vec<(String, String)>,
    /// The master seed.
    pub seed: u64,
}

impl Identity {
    /// The identity of results of this program's model.
    #[must_use]
    pub fn new(name: &str, scenarios: Vec<(String, String)>, seed: u64) -> Self {
        Self {
            name: name.to_owned(),
            model: model_hash().to_owned(),
            scenarios,
            seed,
        }
    }

    /// The key from which the names of the folder and its chunks are made.
    #[must_use]
    pub fn key(&self) -> Key {
        Key {
            model: self.model.clone(),
            scenario: text_hash(&self.scenarios),
            seed: self.seed,
        }
    }

    /// The files in which the texts are kept: `scenario.toml`, or one for each of several.
    pub(super) fn files(&self) -> Vec<(String, &str)> {
        let several = self.scenarios.len() > 1;
        let texts = self.scenarios.iter().enumerate();
        texts
            .map(|(at, (name, text))| match several {
                true => (
                    format!("scenario-{at:02}-{}.toml", plain(name)),
                    text.as_str(),
                ),
                false => ("scenario.toml".to_owned(), text.as_str()),
            })
            .collect()
    }

    /// The folder's name: the scenario's name in plain letters, and eight digits of the key's hash.
    #[must_use]
    pub fn folder_name(&self) -> String {
        format!("{}-{}", plain(&self.name), self.key().short())
    }
}

/// A name in plain letters.
fn plain(name: &str) -> String {
    let plain = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => letter,
        _ => '-',
    };
    let name: String = name.chars().take(60).map(plain).collect();
    if name.is_empty() {
        return "scenario".to_owned();
    }
    name
}

/// The hash of one text, or of several.
fn text_hash(scenarios: &[(String, String)]) -> String {
    if let [(_, text)] = scenarios {
        return blake3::hash(text.as_bytes()).to_hex().to_string();
    }
    let mut all = blake3::Hasher::new();
    for (_, text) in scenarios {
        all.update(blake3::hash(text.as_bytes()).as_bytes());
    }
    all.finalize().to_hex().to_string()
}

/// Hashes of what results depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The model hash.
    pub model: String,
    /// The hash of the resolved scenario.
    pub scenario: String,
    /// The master seed.
    pub seed: u64,
}

impl Key {
    fn hash(&self, further: &[u64]) -> String {
        let mut hash = blake3::Hasher::new();
        for text in [&self.model, &self.scenario] {
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        hash.update(&self.seed.to_le_bytes());
        for number in further {
            hash.update(&number.to_le_bytes());
        }
        hash.finalize().to_hex().to_string()
    }

    /// Eight hexadecimal digits for people.
    #[must_use]
    pub fn short(&self) -> String {
        self.hash(&[]).chars().take(8).collect()
    }

    /// The key of a chunk, 64 hexadecimal digits.
    #[must_use]
    pub fn chunk(&self, span: Span) -> String {
        self.hash(&[span.first, span.last, span.first_point, span.last_point])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> Identity {
        Identity {
            name: "Care team".into(),
            model: "aa".into(),
            scenarios: vec![("care".into(), "scale = 1".into())],
            seed: 0,
        }
    }

    #[test]
    fn model_scenario_and_seed_are_the_identity_and_the_name_is_not() {
        let base = identity().key().short();
        let with = |change: &dyn Fn(&mut Identity)| {
            let mut changed = identity();
            change(&mut changed);
            changed.key().short()
        };
        assert_ne!(base, with(&|i| i.model = "ab".into()));
        assert_ne!(base, with(&|i| i.scenarios[0].1.push(' ')));
        assert_ne!(base, with(&|i| i.seed = 1));
        assert_eq!(base, with(&|i| i.name = "other".into()));
        assert_eq!(base.len(), 8);
    }

    #[test]
    fn a_folder_name_is_a_plain_file_name() {
        let named = |name: &str| {
            let name = name.to_owned();
            Identity { name, ..identity() }.folder_name()
        };
        let hash = identity().key().short();
        assert_eq!(named("../a b/ü"), format!("---a-b---{hash}"));
        assert_eq!(named(""), format!("scenario-{hash}"));
    }

    #[test]
    fn the_model_hash_is_a_hash() {
        assert_eq!(model_hash().len(), 64);
        assert!(model_hash().chars().all(|digit| digit.is_ascii_hexdigit()));
    }
}
