fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let mut best = f64::MAX;
        let mut nodes = 0;
        for _ in 0..15 {
            let copy = bytes.clone();
            let t = std::time::Instant::now();
            let file = statusquo::syntax::read(statusquo::source::SourceId(0), path.as_str(), copy);
            best = best.min(t.elapsed().as_secs_f64());
            nodes = file.tree().len();
            assert!(file.faults().is_empty(), "{:?}", file.faults());
        }
        println!("{path}: {} nodes, {:.2} ms, {:.0} MB/s", nodes, best * 1e3, bytes.len() as f64 / best / 1e6);
    }
}
