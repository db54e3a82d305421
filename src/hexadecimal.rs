//! Checksums and digests as text.

/// Returns bytes in hexadecimal, two lower-case digits each.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
