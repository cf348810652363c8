//! Bodies that are no text, and one that is very long.

use std::fmt::Write;

/// A label with a code to scan, as a picture of 252 bytes, in base64.
pub const LABEL_PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAHQAAAB0AQAAAAB84SuKAAAAw0lEQVR42sWVyw3EQAhD3QH9d0kHXpuJVskRR9olmYg3B8THIuDDGj9nAOV3nICLLGGXnYQhr/XYCbkV7g0rlY7Z9agZj/oW7DaSOrf+bnisfHGb74LVTNVxMquA29MA3NJmwDo1sXDlt2SF6ykIyLhnHsrHye3ZRXgsKixi1gmnlkxXtywR6KYnbsJ1SYmFiG0Wk1XBgI+eOd8K+OyTyQQRGzQSImdJCh4IU/Y68E5K2IqQluR999GGzz7H6DHh//6/PtN3xvqDagy8AAAAAElFTkSuQmCC";

/// An invoice of one page, in base64.
pub const INVOICE_PDF: &str = "JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9QYWdlcyAyIDAgUj4+ZW5kb2JqCjIgMCBvYmo8PC9UeXBlL1BhZ2VzL0tpZHNbMyAwIFJdL0NvdW50IDE+PmVuZG9iagozIDAgb2JqPDwvVHlwZS9QYWdlL1BhcmVudCAyIDAgUi9NZWRpYUJveFswIDAgMzAwIDEyMF0vQ29udGVudHMgNCAwIFIvUmVzb3VyY2VzPDwvRm9udDw8L0YgNSAwIFI+Pj4+Pj5lbmRvYmoKNCAwIG9iajw8L0xlbmd0aCA1Nz4+c3RyZWFtCkJUIC9GIDE4IFRmIDI0IDYwIFRkIChJbnZvaWNlIC0gZGVtbyBhY2NvdW50KSBUaiBFVCAgICAgCmVuZHN0cmVhbSBlbmRvYmoKNSAwIG9iajw8L1R5cGUvRm9udC9TdWJ0eXBlL1R5cGUxL0Jhc2VGb250L0hlbHZldGljYT4+ZW5kb2JqCnRyYWlsZXI8PC9Sb290IDEgMCBSPj4KJSVFT0YK";

/// Things the shop sells: number, name.
pub static PRODUCTS: &[(&str, &str)] = &[
    ("NW-1180", "Wanderrucksack 28 L, moosgrün"),
    ("NW-1204", "Trail running shoes"),
    ("NW-2204", "Thermosflasche 0,75 L"),
    ("NW-3071", "Regenjacke Größe M"),
    ("NW-4410", "Tente 2 places « Étoile »"),
    ("NW-5120", "ヘッドランプ 350lm"),
    ("NW-6003", "Wool socks, pair"),
    ("NW-7788", "مصباح تخييم"),
];

const COLOURS: [&str; 5] = ["moosgrün", "nachtblau", "ziegelrot", "sandgrau", "schwarz"];
const CATALOGUE_SIZE: usize = 2_000;

/// The whole product catalogue: about 700 kB of JSON.
pub fn catalogue() -> String {
    let mut text = String::with_capacity(750_000);
    text.push_str("{\"exported_at\":\"03:00\",\"locale\":\"de-DE\",\"products\":[");
    for (number, ((_, title), colour)) in
        PRODUCTS.iter().cycle().zip(COLOURS.iter().cycle()).take(CATALOGUE_SIZE).enumerate()
    {
        let separator = if number == 0 { "" } else { "," };
        let price = 990 + number * 37 % 24_000;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{separator}{{\"sku\":\"NW-{:05}\",\"title\":\"{title}\",\"colour\":\"{colour}\",\"price\":\"{}.{:02}\",\"currency\":\"EUR\",\"stock\":{},\"rating\":{}.{},\"categories\":[\"outdoor\",\"{}\"],\"image\":\"https://media.shop.example.com/products/{:05}/main.webp\",\"description\":\"Robust, leicht und für jedes Wetter gemacht. Artikel {number} der Reihe Nordwand, {colour}, zwei Jahre Garantie.\"}}",
            10_000 + number,
            price / 100,
            price % 100,
            number * 7 % 90,
            3 + number % 2,
            number % 10,
            if number % 3 == 0 { "jacken" } else { "rucksaecke" },
            10_000 + number,
        );
    }
    text.push_str("]}");
    text
}
