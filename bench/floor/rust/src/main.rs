//! A bare client of hyper, tokio and rustls: what a check costs where nothing is kept of it. Each is a request over a
//! new connection to 127.0.0.1 and the 63 addresses after it, with a new TLS 1.3 handshake where it is HTTPS.
//!
//! Usage: `floor http|https PORT UNDER_WAY [AUTHORITY.pem]`. It reads lines with the wanted pace in checks a second, 0
//! for as many as possible with `UNDER_WAY` of them at once, and answers each with what it did so far: `DONE FAILED`. It
//! ends with its input.

mod trip;
mod trust;

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::trip::{Failure, Trip};

#[derive(Default)]
struct Counts {
    done: AtomicU64,
    failed: AtomicU64,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, port, under_way, authority @ ..] = arguments.as_slice() else {
        return Err("usage: floor http|https PORT UNDER_WAY [AUTHORITY.pem]".into());
    };
    let authority = if kind == "https" { authority.first() } else { None };
    let trip = Arc::new(Trip::new(port.parse()?, authority.map(String::as_str))?);
    let counts = Arc::new(Counts::default());
    let (sender, pace) = watch::channel(None);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for _ in 0..under_way.parse()? {
        runtime.spawn(saturated(trip.clone(), counts.clone(), pace.clone()));
    }
    let told = counts.clone();
    std::thread::spawn(move || listen(&sender, &told));
    runtime.block_on(paced(trip, counts, pace));
    Ok(())
}

/// Passes the wanted pace on, line by line, until the input ends.
fn listen(sender: &watch::Sender<Option<u32>>, counts: &Counts) {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let Ok(pace) = line.trim().parse() else { break };
        sender.send_replace(Some(pace));
        let mut out = std::io::stdout();
        let told = writeln!(out, "{} {}", counts.done.load(Relaxed), counts.failed.load(Relaxed));
        if told.and_then(|()| out.flush()).is_err() {
            break;
        }
    }
    std::process::exit(0);
}

/// One check after the other while the pace is 0.
async fn saturated(trip: Arc<Trip>, counts: Arc<Counts>, mut pace: watch::Receiver<Option<u32>>) {
    while pace.wait_for(|wanted| *wanted == Some(0)).await.is_ok() {
        check(&trip, &counts).await;
    }
}

/// A check whenever one is due while the pace is above 0.
async fn paced(trip: Arc<Trip>, counts: Arc<Counts>, mut pace: watch::Receiver<Option<u32>>) {
    while pace.wait_for(|wanted| wanted.is_some_and(|each| each > 0)).await.is_ok() {
        let period = Duration::from_secs(1) / pace.borrow_and_update().unwrap_or(1);
        let mut ticks = interval_at(Instant::now() + period, period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        while !pace.has_changed().unwrap_or(true) {
            ticks.tick().await;
            let (trip, counts) = (trip.clone(), counts.clone());
            tokio::spawn(async move { check(&trip, &counts).await });
        }
    }
}

async fn check(trip: &Trip, counts: &Counts) {
    let good = matches!(trip.go().await, Ok(200));
    counts.done.fetch_add(1, Relaxed);
    counts.failed.fetch_add(u64::from(!good), Relaxed);
}
