//! The one network of a GraphML file: its nodes, its edges, the attributes behind the questions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use roxmltree::{Document, Node};

use super::element::{Declared, answer, attribute, declared, elements, opening};
use crate::scenario::survey::finding::{Finding, Findings, Source, list, quoted};
use crate::scenario::survey::nearest::did_you_mean;
use crate::scenario::survey::personal;
use crate::scenario::survey::register::Register;
use crate::scenario::survey::sheet::Cell;
use crate::scenario::survey::tables::{Question, Ties};
use crate::scenario::survey::ties::{Edge, Reader};

pub(super) struct Network<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) graph: Node<'a, 'a>,
    pub(super) declared: Vec<Declared<'a>>,
    /// Ids of the declared attributes.
    pub(super) ids: BTreeSet<&'a str>,
}

/// The declared attribute of each question.
pub(super) struct Columns<'b, 'a> {
    pub(super) trust: Option<&'b Declared<'a>>,
    pub(super) advice: Option<&'b Declared<'a>>,
}

impl<'a> Network<'a> {
    pub(super) fn new(
        document: &'a Document<'a>,
        source: &'a Arc<Source>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let root = document.root_element();
        let graphs: Vec<Node> = elements(root, "graph").collect();
        let wrong = match (root.tag_name().name(), graphs.as_slice()) {
            ("graphml", [graph]) => {
                let declared: Vec<Declared> = elements(root, "key").map(declared).collect();
                let ids = declared.iter().map(|declared| declared.id).collect();
                return Some(Self {
                    source,
                    graph: *graph,
                    declared,
                    ids,
                });
            }
            ("graphml", []) => "has no <graph> in it".to_owned(),
            ("graphml", _) => format!("has {} networks in it", graphs.len()),
            (other, _) => format!("is not GraphML: it starts with {}", quoted(other)),
        };
        findings.add("GraphML", &source.file, || {
            Finding::error("ties.file", format!("{} {wrong}", source.file))
                .allowed("<graphml> with one <graph> in it")
                .help("export one network as GraphML")
        });
        None
    }

    pub(super) fn children(&self, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
        elements(self.graph, name)
    }

    pub(super) fn columns(&self, table: &Ties, findings: &mut Findings) -> Option<Columns<'_, 'a>> {
        let mut find = |key: &str, question: &Option<Question>| match question {
            Some(question) => self
                .column(key, &question.column, "edge", findings)
                .map(Some),
            None => Some(None),
        };
        let trust = find("ties.trust", &table.trust);
        let advice = find("ties.advice", &table.advice);
        Some(Columns {
            trust: trust?,
            advice: advice?,
        })
    }

    /// The declared attribute of nodes or edges with this name, or with this id.
    pub(super) fn column(
        &self,
        key: &str,
        name: &str,
        element: &str,
        findings: &mut Findings,
    ) -> Option<&Declared<'a>> {
        let all = || {
            self.declared
                .iter()
                .filter(|declared| declared.is_of(element))
        };
        let found = all()
            .find(|declared| declared.name == name)
            .or_else(|| all().find(|declared| declared.id == name));
        if found.is_none() {
            findings.add("column", &self.source.file, || {
                let names = || all().map(|declared| declared.name);
                let finding = Finding::error(key, format!("{} declares no attribute {} of its {element}s, which the scenario names as `{key}`", self.source.file, quoted(name)))
                    .allowed(match names().next() {
                        Some(_) => format!("one of {}", list(names())),
                        None => format!("an attribute that the file declares with <key for=\"{element}\" ...>; it declares none"),
                    });
                match did_you_mean(name, names()) {
                    Some(question) => finding.help(question),
                    None => finding.help("correct the name in the scenario, or export the network with this attribute"),
                }
            });
        }
        found
    }

    /// The person's id of each node; none when the ids are not opaque.
    pub(super) fn nodes(
        &self,
        table: &Ties,
        people: &Register,
        findings: &mut Findings,
    ) -> Option<BTreeMap<&'a str, &'a str>> {
        let column = match &table.id {
            Some(name) => Some(self.column("ties.id", name, "node", findings)?),
            None => None,
        };
        let persons: Vec<(&str, Cell)> = self
            .children("node")
            .map(|node| {
                let id = attribute(node, "id");
                (
                    id.text,
                    column.map_or(id, |declared| answer(node, declared)),
                )
            })
            .collect();
        let odd = persons
            .iter()
            .filter(|(_, person)| !person.text.is_empty() && !personal::is_id(person.text))
            .count();
        if odd > 0 {
            findings.add("personal data", &self.source.file, || {
                personal::not_opaque("ties.id", odd, None)
            });
            return None;
        }
        let mut nodes = BTreeMap::new();
        for (id, person) in persons {
            people.find("ties.id", self.source, &person, findings);
            if nodes.insert(id, person.text).is_some() {
                findings.add("twice", &self.source.file, || {
                    Finding::error("ties.file", format!("two nodes have the id {}", quoted(id)))
                        .at(self.source, person.span)
                        .help("each node needs an id of its own")
                });
            }
        }
        Some(nodes)
    }

    pub(super) fn edge(
        &self,
        element: Node<'a, 'a>,
        columns: &Columns<'_, 'a>,
        nodes: &BTreeMap<&'a str, &'a str>,
        reader: &mut Reader,
    ) {
        self.undeclared(element, reader.findings);
        let mut end = |name| self.end(element, name, nodes, reader.findings);
        let (Some(from), Some(to)) = (end("source"), end("target")) else {
            return;
        };
        let answer =
            |declared: Option<&Declared<'a>>| declared.map(|declared| answer(element, declared));
        // A node without a person was reported once, at the node.
        if reader.knows(from.text) && reader.knows(to.text) {
            reader.edge(&Edge {
                from,
                to,
                trust: answer(columns.trust),
                advice: answer(columns.advice),
            });
        }
    }

    /// The person at one end of an edge; an end without a node is reported.
    fn end(
        &self,
        edge: Node<'a, 'a>,
        name: &'static str,
        nodes: &BTreeMap<&'a str, &'a str>,
        findings: &mut Findings,
    ) -> Option<Cell<'a>> {
        let Cell { text, span } = attribute(edge, name);
        let person = nodes.get(text).copied();
        if person.is_none() {
            findings.add("edge", &self.source.file, || {
                let message = format!(
                    "the {name} of this edge is {}, and the file has no such node",
                    quoted(text)
                );
                Finding::error("ties.file", message)
                    .at(self.source, span.clone())
                    .allowed("the id of a <node> in the same file")
                    .help("export the network again, or add the node")
            });
        }
        person.map(|text| Cell { text, span })
    }

    /// Reports data of an edge whose attribute the file does not declare.
    fn undeclared(&self, edge: Node<'a, 'a>, findings: &mut Findings) {
        let key = |data: &Node<'a, 'a>| data.attribute("key").unwrap_or_default();
        let undeclared = elements(edge, "data").find(|data| !self.ids.contains(key(data)));
        let Some(data) = undeclared else { return };
        findings.add("undeclared", &self.source.file, || {
            let message = format!("the attribute {} is not declared", quoted(key(&data)));
            Finding::error("ties.file", message)
                .at(self.source, opening(data))
                .allowed("an attribute with a <key ...> at the top of the file")
                .help("declare it there, or take it out")
        });
    }
}
