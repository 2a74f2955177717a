fn main() {
    let b = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let (t, i) = shilu::format::Ingest::read_all(&b, Default::default()).unwrap();
    let s = shilu::structure::Structure::of(&t);
    let paras: usize = t.ids().map(|id| shilu::text::paragraphs::paragraphs(&t.body(id)).count()).sum();
    println!(
        "{} posts {} spk {} par {} ch {} turns {} span {} res {} ex {} sg {}",
        t.len(),
        t.speakers().len(),
        paras,
        s.total_chars(),
        s.turns().len(),
        t.span_ms() / 60000,
        t.meta.resolution_ms,
        s.exchange_count(),
        s.sessions().len(),
        s.gaps().len()
    );
    println!("{:?}", i.detection());
    for m in s.members() {
        println!("{} | {} | {:?} {}", m.name, m.title, m.role, m.posts.len());
    }
}
