//! Elements of a GraphML file: attributes that it declares, their values, and where they stand.

use std::ops::Range;

use roxmltree::Node;

use crate::scenario::survey::sheet::Cell;

/// An attribute that the file declares.
pub(super) struct Declared<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) domain: &'a str,
    pub(super) default: Option<Cell<'a>>,
}

impl Declared<'_> {
    pub(super) fn is_of(&self, element: &str) -> bool {
        [element, "all", ""].contains(&self.domain)
    }
}

/// Whether an element has this name, in whatever namespace.
pub(super) fn is(node: &Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

pub(super) fn elements<'a>(
    parent: Node<'a, 'a>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'a>> {
    parent.children().filter(move |node| is(node, name))
}

pub(super) fn declared<'a>(key: Node<'a, 'a>) -> Declared<'a> {
    let id = key.attribute("id").unwrap_or_default();
    Declared {
        id,
        name: key.attribute("attr.name").unwrap_or(id),
        domain: key.attribute("for").unwrap_or_default(),
        default: elements(key, "default").next().map(text),
    }
}

/// The value of an attribute of a node or an edge: its data, else the declared default, else empty.
pub(super) fn answer<'a>(element: Node<'a, 'a>, declared: &Declared<'a>) -> Cell<'a> {
    let data = elements(element, "data").find(|data| data.attribute("key") == Some(declared.id));
    let default = declared.default.as_ref().map(|cell| Cell {
        text: cell.text,
        span: opening(element),
    });
    data.map(text).or(default).unwrap_or_else(|| Cell {
        text: "",
        span: opening(element),
    })
}

pub(super) fn attribute<'a>(element: Node<'a, 'a>, name: &'static str) -> Cell<'a> {
    match element.attribute_node(name) {
        Some(attribute) => Cell {
            text: element.attribute(name).unwrap_or_default().trim(),
            span: attribute.range_value(),
        },
        None => Cell {
            text: "",
            span: opening(element),
        },
    }
}

pub(super) fn text<'a>(element: Node<'a, 'a>) -> Cell<'a> {
    match element.children().find(|child| child.is_text()) {
        Some(child) => Cell {
            text: element.text().unwrap_or_default().trim(),
            span: child.range(),
        },
        None => Cell {
            text: "",
            span: opening(element),
        },
    }
}

/// The beginning of an element, up to the end of its first line.
pub(super) fn opening(element: Node) -> Range<usize> {
    let range = element.range();
    let text = element
        .document()
        .input_text()
        .get(range.clone())
        .unwrap_or_default();
    let end = text.find(['\n', '>']).map_or(text.len(), |at| at + 1);
    range.start..range.start + end
}
