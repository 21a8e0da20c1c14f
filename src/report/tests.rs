//! Every chart with ordinary and with extreme data: it draws or refuses, stays on its sheet, and no text covers another.

use super::samples::{forums, gallery, lines, network, panel};
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

#[test]
fn text_is_large_enough_stays_on_the_sheet_and_covers_no_other_text() {
    for (name, chart) in gallery() {
        let picture = svg(chart.as_ref()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let document =
            roxmltree::Document::parse(&picture).unwrap_or_else(|error| panic!("{name}: {error}"));
        let height: f64 = document
            .root_element()
            .attribute("height")
            .unwrap()
            .parse()
            .unwrap();
        let texts: Vec<roxmltree::Node> = document
            .descendants()
            .filter(|node| node.has_tag_name("text"))
            .collect();
        let mut boxes: Vec<([f64; 4], &str)> = Vec::new();
        for node in texts {
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
    let refused: [(&str, Box<dyn Chart>); 8] = [
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
