//! SHA-256 (FIPS 180-4), which policies of pages name scripts by. No dependency for three hashes in tests.

/// The hash of a text.
pub(crate) fn sha256(text: &str) -> [u8; 32] {
    let primes: Vec<u64> = (2..312).filter(|number| (2..*number).all(|part| number % part != 0)).collect();
    let constants: Vec<u32> = primes.iter().map(|prime| root_bits(*prime, 3)).collect();
    let mut state: Vec<u32> = primes.iter().take(8).map(|prime| root_bits(*prime, 2)).collect();
    let mut bytes = text.as_bytes().to_vec();
    bytes.push(0x80);
    while bytes.len() % 64 != 56 {
        bytes.push(0);
    }
    bytes.extend((text.len() as u64 * 8).to_be_bytes());
    for block in bytes.chunks(64) {
        let mixed = mix(block, &state, &constants);
        state.iter_mut().zip(mixed).for_each(|(word, more)| *word = word.wrapping_add(more));
    }
    let mut hash = [0; 32];
    hash.chunks_mut(4).zip(state).for_each(|(part, word)| part.copy_from_slice(&word.to_be_bytes()));
    hash
}

/// The first 32 bits behind the point of a square or cube root: the largest `x` with `x^n <= prime * 2^(32 n)`, its low half.
fn root_bits(prime: u64, degree: u32) -> u32 {
    let target = u128::from(prime) << (32 * degree);
    let (mut low, mut high) = (0_u128, 1_u128 << 37);
    while high - low > 1 {
        let middle = u128::midpoint(low, high);
        if middle.pow(degree) <= target { low = middle } else { high = middle }
    }
    low as u32
}

fn mix(block: &[u8], state: &[u32], constants: &[u32]) -> Vec<u32> {
    let mut words: Vec<u32> = block.chunks(4).map(|part| u32::from_be_bytes(part.try_into().unwrap())).collect();
    for at in 16..64 {
        let (early, late) = (words[at - 15], words[at - 2]);
        let early = early.rotate_right(7) ^ early.rotate_right(18) ^ early >> 3;
        let late = late.rotate_right(17) ^ late.rotate_right(19) ^ late >> 10;
        words.push(words[at - 16].wrapping_add(early).wrapping_add(words[at - 7]).wrapping_add(late));
    }
    let mut now = state.to_vec();
    for (word, constant) in words.iter().zip(constants) {
        let (a, e) = (now[0], now[4]);
        let choice = e & now[5] ^ !e & now[6];
        let turned = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let first = now[7].wrapping_add(turned).wrapping_add(choice).wrapping_add(*constant).wrapping_add(*word);
        let most = a & now[1] ^ a & now[2] ^ now[1] & now[2];
        let second = (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22)).wrapping_add(most);
        now.rotate_right(1);
        now[4] = now[4].wrapping_add(first);
        now[0] = first.wrapping_add(second);
    }
    now
}

#[test]
fn known_hashes() {
    let hex = |text: &str| sha256(text).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    assert_eq!(hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    assert_eq!(hex(long), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
