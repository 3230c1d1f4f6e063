//! The README's table of speed: `cargo build --release && cargo run --release --example benchmark -- 10MB 100MB`.
//! For each size a generated corpus (the same for a size on every machine) is scanned with one thread and with all
//! cores, in turn with `wc -w` and `rg -c` over the same file; the medians of whole processes are printed. Memory is the
//! peak of the resident set, which is read where `/proc` tells it.

#![allow(clippy::print_stdout)] // The table is what it is for.

mod shared;

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Runs of each command; a machine that does other things as well needs several.
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut sizes: Vec<String> = std::env::args().skip(1).collect();
    if sizes.is_empty() {
        sizes.push("100MB".to_owned());
    }
    let folder = tempfile::tempdir()?;
    let program = program()?;
    println!("| corpus | command | seconds | MB/s | articles/s | memory | times `wc -w` |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for size in sizes {
        let path = folder.path().join("corpus.jsonl");
        let articles = shared::write(shared::bytes(&size)?, 1, BufWriter::new(File::create(&path)?))?;
        compare(&size, &path, articles, &program)?;
    }
    Ok(())
}

/// The program beside this one: `target/release/onrecord` for `target/release/examples/benchmark`.
fn program() -> Result<PathBuf, Box<dyn Error>> {
    let examples = std::env::current_exe()?;
    let folder = examples.parent().and_then(Path::parent).ok_or("this program stands in no folder")?;
    let program = folder.join(format!("onrecord{}", std::env::consts::EXE_SUFFIX));
    if program.is_file() { Ok(program) } else { Err(format!("{}: build it first", program.display()).into()) }
}

/// What a run of a command took.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    /// Bytes, if known.
    memory: Option<u64>,
}

fn compare(size: &str, path: &Path, articles: u64, program: &Path) -> Result<(), Box<dyn Error>> {
    let out = path.with_extension("out");
    let cores = std::thread::available_parallelism()?;
    let scan = |threads: usize| {
        let mut command = Command::new(program);
        command.arg("scan").arg(path).arg("-o").arg(&out).args(["--quiet", "--threads", &threads.to_string()]);
        let plural = if threads == 1 { "" } else { "s" };
        (format!("`onrecord scan`, {threads} thread{plural}"), command)
    };
    let mut words = Command::new("wc");
    words.arg("-w").arg(path).env("LC_ALL", "C.UTF-8");
    let mut lines = Command::new("rg");
    lines.args(["-c", "said"]).arg(path);
    let mut commands = vec![("`wc -w`".to_owned(), words), ("`rg -c said`".to_owned(), lines), scan(1)];
    if cores.get() > 1 {
        commands.push(scan(cores.get()));
    }
    // One round after the other, so that what else the machine does meets all commands alike.
    let mut costs = vec![Vec::with_capacity(RUNS); commands.len()];
    for _ in 0..RUNS {
        for ((_, command), costs) in commands.iter_mut().zip(&mut costs) {
            costs.extend(run(command)?);
        }
    }
    let megabytes = fs::metadata(path)?.len() as f64 / 1e6;
    let yardstick = median(&costs[0]).map(|cost| cost.seconds);
    for ((name, _), costs) in commands.iter().zip(&costs) {
        let Some(cost) = median(costs) else { continue };
        let memory = cost.memory.map_or("-".to_owned(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6));
        let times = yardstick.map_or("-".to_owned(), |yardstick| format!("{:.1}", cost.seconds / yardstick));
        let (speed, rate) = (megabytes / cost.seconds, articles as f64 / cost.seconds);
        println!("| {size} | {name} | {:.2} | {speed:.0} | {rate:.0} | {memory} | {times} |", cost.seconds);
    }
    std::io::stdout().flush()?;
    Ok(())
}

/// Runs a command to its end; nothing for one that is not installed.
fn run(command: &mut Command) -> Result<Option<Cost>, Box<dyn Error>> {
    let begun = Instant::now();
    let Ok(mut child) = command.stdout(Stdio::null()).spawn() else { return Ok(None) };
    let mut memory = None;
    let status = loop {
        memory = peak(child.id()).or(memory);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        sleep(Duration::from_millis(1));
    };
    let seconds = begun.elapsed().as_secs_f64();
    if status.success() { Ok(Some(Cost { seconds, memory })) } else { Err(format!("{command:?}: {status}").into()) }
}

/// The peak of a process's resident set in bytes.
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// The cost of the run that took neither the least nor the most time.
fn median(costs: &[Cost]) -> Option<Cost> {
    let mut sorted = costs.to_vec();
    sorted.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    sorted.get(costs.len() / 2).copied()
}
