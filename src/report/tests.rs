//! Every chart with ordinary and with extreme data: it draws or refuses, stays on its sheet, and no text covers another.

use super::samples::{cost_path, cost_paths, forums, gallery, lines, network, panel};
use super::*;

/// Left, top, right and bottom of a text, in points, by the font's own widths; empty text has none.
fn text_box(node: roxmltree::Node) -> Option<[f64; 4]> {
    let number = |name: &str| {
        node.attribute(name)
            .and_then(|value| value.parse::<f64>().ok())
            .unwrap()
            / 10.0
    };
    let text = node.text().unwrap().trim();
    let size = number("font-size");
    let width = font::width(text, size);
    let left = match node.attribute("text-anchor") {
        Some("middle") => number("x") - width / 2.0,
        Some("end") => number("x") - width,
        _ => number("x"),
    };
    let baseline = number("y") + 0.76 * size;
    (!text.is_empty()).then_some([left, baseline - 0.72 * size, left + width, baseline])
}

/// Every coordinate pair of a mark, in points.
fn corners(node: roxmltree::Node) -> Vec<(f64, f64)> {
    let number = |name: &str| {
        let value = node
            .attribute(name)
            .and_then(|value| value.parse::<f64>().ok());
        value.unwrap() / 10.0
    };
    match node.tag_name().name() {
        "line" => vec![(number("x1"), number("y1")), (number("x2"), number("y2"))],
        "rect" => {
            let (x, y) = (number("x"), number("y"));
            vec![(x, y), (x + number("width"), y + number("height"))]
        }
        "circle" => {
            let (x, y, r) = (number("cx"), number("cy"), number("r"));
            vec![(x - r, y - r), (x + r, y + r)]
        }
        "polyline" | "polygon" => {
            let pairs = node.attribute("points").unwrap().split_whitespace();
            let pair = |pair: &str| {
                let (x, y) = pair.split_once(',').unwrap();
                (
                    x.parse::<f64>().unwrap() / 10.0,
                    y.parse::<f64>().unwrap() / 10.0,
                )
            };
            pairs.map(pair).collect()
        }
        _ => Vec::new(),
    }
}

/// Fails where a picture could not be read at 800 pixels: small text, text on text, anything off the sheet.
pub(super) fn assert_readable(name: &str, chart: &dyn Chart) {
    let picture = svg(chart).unwrap_or_else(|error| panic!("{name}: {error}"));
    let document =
        roxmltree::Document::parse(&picture).unwrap_or_else(|error| panic!("{name}: {error}"));
    let height = document.root_element().attribute("height").unwrap();
    let height: f64 = height.parse().unwrap();
    let mut boxes: Vec<([f64; 4], &str)> = Vec::new();
    for node in document.descendants() {
        for (x, y) in corners(node) {
            assert!(
                (-0.1..=800.1).contains(&x) && (-0.1..=height + 0.1).contains(&y),
                "{name}: a mark at {x}, {y} leaves the sheet"
            );
        }
        if !node.has_tag_name("text") {
            continue;
        }
        let size: f64 = node.attribute("font-size").unwrap().parse().unwrap();
        assert!(size >= 119.9, "{name}: text of size {size}");
        let Some(area) = text_box(node) else { continue };
        let text = node.text().unwrap().trim();
        assert!(
            area[0] >= 0.0 && area[1] >= 0.0 && area[2] <= 800.0 && area[3] <= height,
            "{name}: {text} at {area:?} leaves the sheet"
        );
        for (other, words) in &boxes {
            let apart = area[0] >= other[2]
                || other[0] >= area[2]
                || area[1] >= other[3]
                || other[1] >= area[3];
            assert!(
                apart,
                "{name}: \"{text}\" {area:?} covers \"{words}\" {other:?}"
            );
        }
        boxes.push((area, text));
    }
}

#[test]
fn text_is_large_enough_covers_no_other_text_and_everything_stays_on_the_sheet() {
    for (name, chart) in gallery() {
        assert_readable(name, chart.as_ref());
    }
}

#[test]
fn a_picture_says_what_it_shows_and_is_the_same_each_time() {
    for (name, chart) in gallery() {
        let picture = svg(chart.as_ref()).unwrap();
        assert_eq!(picture, svg(chart.as_ref()).unwrap(), "{name}");
        let document = roxmltree::Document::parse(&picture).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        let words = |tag: &str| {
            root.children()
                .find(|node| node.has_tag_name(tag))
                .and_then(|node| node.text())
                .unwrap()
                .to_owned()
        };
        assert_eq!(words("title"), chart.heading().title);
        assert_eq!(words("desc"), chart.heading().alt);
    }
}

#[test]
fn both_files_are_written_and_the_bitmap_has_two_pixels_to_a_point() {
    let folder = std::env::temp_dir().join(format!("commonground-charts-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, chart) in gallery() {
        save(chart.as_ref(), &folder, name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let png = std::fs::read(folder.join(format!("{name}.png"))).unwrap();
        assert_eq!(png[16..20], 1_600_u32.to_be_bytes(), "{name}");
        assert_eq!(
            std::fs::read_to_string(folder.join(format!("{name}.svg"))).unwrap(),
            svg(chart.as_ref()).unwrap()
        );
    }
    let (_, chart) = gallery().remove(0);
    let bytes = |stem: &str| std::fs::read(folder.join(format!("{stem}.png"))).unwrap();
    save(chart.as_ref(), &folder, "again").unwrap();
    assert_eq!(bytes("lines"), bytes("again"));
    assert!(matches!(
        save(chart.as_ref(), &folder.join("missing"), "x"),
        Err(ChartError::Write { .. })
    ));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn data_that_contradict_each_other_are_refused_with_the_reason() {
    let wave = |_: usize, month: usize| month as f64;
    let mut strangers = network(5, 2, 1, "");
    strangers.leaders[3].organisation = 2;
    let mut dangling = network(5, 2, 1, "");
    dangling.panels[0].ties[0].to = 5;
    let uneven = ForumMap {
        months: vec![1, 2, 4],
        ..forums(2, 3, 1, "")
    };
    let mut short = lines(60, 1, vec![panel("arm", 1, 60, wave)]);
    short.panels[0].context[0].1.pop();
    let mut bandless = cost_paths(vec![cost_path("arm", 9, |month| month)]);
    bandless.paths[0].bands.pop();
    let refused: [(&str, Box<dyn Chart>); 10] = [
        ("compare with", Box::new(short)),
        ("all bands", Box::new(bandless)),
        (
            "one value a month",
            Box::new(lines(61, 1, vec![panel("arm", 1, 60, wave)])),
        ),
        (
            "at most 8 lines",
            Box::new(lines(60, 1, vec![panel("arm", 9, 60, wave)])),
        ),
        ("at least one panel", Box::new(lines(60, 1, vec![]))),
        (
            "months must ascend",
            Box::new(lines(0, 1, vec![panel("arm", 1, 0, wave)])),
        ),
        ("not listed", Box::new(strangers)),
        ("join two leaders", Box::new(dangling)),
        ("equal steps", Box::new(uneven)),
        ("too long", Box::new(forums(2_000, 12, 1, ""))),
    ];
    for (reason, chart) in refused {
        let error = svg(chart.as_ref()).expect_err(reason).to_string();
        assert!(
            error.contains(reason) && error.contains(&chart.heading().title),
            "{error}"
        );
    }
}
