//! Writes what fuzzing starts from into the folders where `cargo fuzz` looks for it.

use std::path::Path;

fn main() -> std::io::Result<()> {
    for (law, seeds) in statusquo_fuzz::seeds() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(law);
        std::fs::create_dir_all(&folder)?;
        for (number, seed) in seeds.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{number:04}")), seed)?;
        }
        println!("{law}: {} seeds", seeds.len());
    }
    Ok(())
}
