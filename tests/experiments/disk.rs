//! Disks that are full or read-only, chunks that are cut, two processes on one folder.

use super::support::{SMALL, all_files, assert_same, file, go, good, program, results, scratch};
use std::fs;
use std::path::Path;
use std::process::Command;

const RUN: [&str; 5] = ["run", "small.toml", "--quiet", "--out", "out"];

/// What an undisturbed experiment writes.
fn reference(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    good(
        folder,
        &["run", "small.toml", "--quiet", "--out", "reference"],
    );
    all_files(&results(folder, "reference"))
}

/// A small disk of its own, gone with its test. Only somebody who may mount can have one.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn new(path: &'a Path, options: &str) -> Option<Self> {
        fs::create_dir_all(path).unwrap();
        let mounted = mount(&["-t", "tmpfs", "-o", options, "tmpfs"], path);
        if !mounted {
            println!("not run: mounting a small disk needs the superuser");
        }
        mounted.then_some(Self(path))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        Command::new("umount").arg(self.0).status().ok();
    }
}

fn mount(arguments: &[&str], path: &Path) -> bool {
    let mut command = Command::new("mount");
    let done = command.args(arguments).arg(path).output();
    done.is_ok_and(|output| output.status.success())
}

#[test]
fn a_full_disk_loses_nothing_that_was_written() {
    let folder = scratch("full");
    file(&folder, "small.toml", SMALL);
    let reference = reference(&folder);
    let out = folder.join("out");
    let Some(disk) = Disk::new(&out, "size=400k") else {
        return;
    };
    let full = go(&folder, &RUN);
    let said = String::from_utf8(full.stderr).unwrap();
    assert_eq!(full.status.code(), Some(1), "{said}");
    assert!(
        said.contains("No space left") && said.contains("free space"),
        "{said}"
    );
    let status = go(
        &folder,
        &[
            "status",
            results(&folder, "out").to_str().unwrap(),
            "--json",
        ],
    );
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
    assert!(status["there"].as_u64() < status["planned"].as_u64());
    assert!(mount(&["-o", "remount,size=100m"], disk.0));
    good(&folder, &RUN);
    assert_same(&all_files(&results(&folder, "out")), &reference, "out");
}

#[test]
fn a_folder_that_became_read_only_is_said_to_be_so() {
    let folder = scratch("became-read-only");
    file(&folder, "small.toml", SMALL);
    let out = folder.join("out");
    let Some(disk) = Disk::new(&out, "size=100m") else {
        return;
    };
    good(
        &folder,
        &[
            "run",
            "small.toml",
            "--quiet",
            "--out",
            "out",
            "--replicates",
            "4",
        ],
    );
    let before = all_files(&results(&folder, "out"));
    assert!(mount(&["-o", "remount,ro"], disk.0));
    let refused = go(&folder, &RUN);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said.contains("Read-only") && said.contains("--out"),
        "{said}"
    );
    assert_same(&all_files(&results(&folder, "out")), &before, "out");
}

#[test]
fn cut_chunks_are_computed_again() {
    let folder = scratch("cut");
    file(&folder, "small.toml", SMALL);
    let reference = reference(&folder);
    good(&folder, &RUN);
    let results = results(&folder, "out");
    for (table, keep) in [("runs", 0), ("cycles", 100), ("forums", 1_000)] {
        let mut chunks: Vec<_> = fs::read_dir(results.join(table))
            .unwrap()
            .map(|one| one.unwrap().path())
            .collect();
        chunks.sort();
        let chunk = &chunks[chunks.len() / 2];
        let bytes = fs::read(chunk).unwrap();
        fs::write(chunk, &bytes[..keep.min(bytes.len() / 2)]).unwrap();
    }
    good(&folder, &RUN);
    assert_same(&all_files(&results), &reference, "cut");
}

#[test]
fn two_processes_on_one_folder_write_the_same_bytes() {
    let folder = scratch("two");
    file(&folder, "small.toml", SMALL);
    let reference = reference(&folder);
    let both: Vec<_> = (0..2)
        .map(|_| program(&folder, &RUN).spawn().unwrap())
        .collect();
    for child in both {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    good(&folder, &RUN);
    assert_same(&all_files(&results(&folder, "out")), &reference, "out");
}
