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
    /// The resolved scenario or experiment, as text.
    pub scenario: String,
    /// The master seed.
    pub seed: u64,
}

impl Identity {
    /// The identity of results of this program's model.
    #[must_use]
    pub fn new(name: &str, scenario: &str, seed: u64) -> Self {
        Self {
            name: name.to_owned(),
            model: model_hash().to_owned(),
            scenario: scenario.to_owned(),
            seed,
        }
    }

    /// The key from which the names of the folder and its chunks are made.
    #[must_use]
    pub fn key(&self) -> Key {
        Key {
            model: self.model.clone(),
            scenario: blake3::hash(self.scenario.as_bytes()).to_hex().to_string(),
            seed: self.seed,
        }
    }

    /// The folder's name: the scenario's name in plain letters, and eight digits of the key's hash.
    #[must_use]
    pub fn folder_name(&self) -> String {
        let plain = |letter: char| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => letter,
            _ => '-',
        };
        let name: String = self.name.chars().take(60).map(plain).collect();
        let name = if name.is_empty() { "scenario" } else { &name };
        format!("{name}-{}", self.key().short())
    }
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
        self.hash(&[
            span.first,
            span.last,
            span.first_point,
            span.last_point,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> Identity {
        Identity {
            name: "Care team".into(),
            model: "aa".into(),
            scenario: "scale = 1".into(),
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
        assert_ne!(base, with(&|i| i.scenario.push(' ')));
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
