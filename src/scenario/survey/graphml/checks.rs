//! Whether a network may be read: it holds no personal data, is directed, and joins pairs only.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::element::{is, opening, text};
use super::network::Network;
use crate::scenario::survey::finding::{Finding, Findings, quoted};
use crate::scenario::survey::personal;
use crate::scenario::survey::register::Register;
use crate::scenario::survey::tables::Ties;

impl Network<'_> {
    /// Whether the file holds personal data. An attribute called name or label is accepted where it
    /// repeats ids of the roster, as some programs write them there.
    pub(super) fn is_personal(&self, people: &Register, findings: &mut Findings) -> bool {
        let mut refused = false;
        let is_known = |text: &str| {
            people.positions.contains_key(text) || (!people.complete && personal::is_id(text))
        };
        let mut repeats: BTreeMap<&str, bool> = BTreeMap::new();
        for data in self.graph.descendants().filter(|node| is(node, "data")) {
            let all = repeats
                .entry(data.attribute("key").unwrap_or_default())
                .or_insert(true);
            *all &= is_known(text(data).text);
        }
        for declared in &self.declared {
            let personal =
                personal::is_personal(declared.name) || declared.name.eq_ignore_ascii_case("label");
            if personal && !repeats.get(declared.id).copied().unwrap_or(true) {
                refused = true;
                findings.add("personal data", &self.source.file, || {
                    personal::column("ties.file", declared.name)
                });
            }
        }
        let texts = self.graph.descendants().filter_map(|node| node.text());
        let values = self
            .graph
            .descendants()
            .flat_map(|node| node.attributes().map(|attribute| attribute.value()));
        let addresses = texts
            .chain(values)
            .filter(|text| personal::is_address(text))
            .count();
        if addresses > 0 && !refused {
            refused = true;
            findings.add("personal data", &self.source.file, || {
                personal::addresses_in(&self.source.file)
            });
        }
        refused
    }

    /// Whether the network is directed and joins pairs only.
    pub(super) fn is_sound(&self, table: &Ties, findings: &mut Findings) -> bool {
        let file = &self.source.file;
        for (key, given) in [("ties.from", &table.from), ("ties.to", &table.to)] {
            if given.is_some() {
                findings.add("GraphML column", file, || {
                    Finding::warning(
                        key,
                        format!(
                            "`{key}` is not used: an edge of {file} has its own source and target"
                        ),
                    )
                    .help("take the line out of the scenario")
                });
            }
        }
        let nested = self
            .graph
            .descendants()
            .skip(1)
            .filter(|node| is(node, "graph"));
        let odd = nested.chain(self.children("hyperedge"));
        let mut sound = true;
        for element in odd {
            sound = false;
            findings.add("more than pairs", file, || {
                Finding::error("ties.file", format!("{} is not accepted", quoted(element.tag_name().name())))
                    .at(self.source, opening(element))
                    .allowed("nodes and edges: each edge joins one person to one other")
                    .help("write one edge for each ordered pair, and groups of people as forums or groups of the scenario")
            });
        }
        let undirected = self.graph.attribute("edgedefault") == Some("undirected");
        let loose = |edge: &Node| match edge.attribute("directed") {
            Some(directed) => directed == "false",
            None => undirected,
        };
        let count = self.children("edge").filter(loose).count();
        if let Some(first) = self.children("edge").find(loose) {
            sound = false;
            findings.add("undirected", file, || {
                Finding::error("ties.file", format!("this edge is undirected ({count} in all): it does not say who trusts whom"))
                    .at(self.source, opening(first))
                    .allowed("directed edges, from the person who answered to the person whom the answer is about")
                    .help("export the network as directed; if each tie goes both ways, write two edges")
            });
        }
        sound
    }
}
