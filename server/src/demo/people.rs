//! Who talks to the demo account's bots, and what they say. All of them are made up.

use super::random::Random;

/// The languages in which people write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Turkish.
    Turkish,
    /// Polish.
    Polish,
    /// Vietnamese.
    Vietnamese,
    /// Arabic.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Hindi.
    Hindi,
    /// Chinese.
    Chinese,
    /// Japanese.
    Japanese,
    /// Russian.
    Russian,
    /// Greek.
    Greek,
}

use Language::{
    Arabic, Chinese, English, French, German, Greek, Hebrew, Hindi, Japanese, Polish, Russian, Spanish, Turkish,
    Vietnamese,
};

/// An end user.
pub struct Person {
    /// The name as the channel gives it; empty where it gives none.
    pub name: &'static str,
    /// The mailbox at `example.com`.
    pub mailbox: &'static str,
    /// The language.
    pub language: Language,
}

const fn person(name: &'static str, mailbox: &'static str, language: Language) -> Person {
    Person { name, mailbox, language }
}

/// The end users; earlier ones come back more often.
pub static PEOPLE: &[Person] = &[
    person("Asha Verma", "asha.verma", English),
    person("Liam O'Connor", "liam.oconnor", English),
    person("محمد العتيبي", "m.alotaibi", Arabic),
    person("Zoë Krüger", "zoe.krueger", German),
    person("王小明", "wang.xiaoming", Chinese),
    person("Grace Adeyemi", "grace.adeyemi", English),
    person("José Ángel Muñoz", "ja.munoz", Spanish),
    person("佐藤 花子", "hanako.sato", Japanese),
    person("", "guest", English),
    person("Айгуль Нурланова", "aigul.n", Russian),
    person("राहुल शर्मा", "rahul.sharma", Hindi),
    person("Daniel Okafor", "d.okafor", English),
    person("נועה לוי", "noa.levi", Hebrew),
    person("Chloé Lefèvre", "chloe.lefevre", French),
    person("🌻 Lotte", "lotte.sunflower", German),
    person("Γιώργος Παπαδόπουλος", "g.papadopoulos", Greek),
    person("Şebnem Yıldız", "sebnem.yildiz", Turkish),
    person("Tomás Herrera", "tomas.herrera", Spanish),
    person("Priya Nair", "priya.nair", English),
    person("Łukasz Wiśniewski", "lukasz.w", Polish),
    person("فاطمة الزهراء بنت عبد الرحمن", "fatima.zahra", Arabic),
    person("Emma Müller-Lüdenscheidt", "emma.ml", German),
    person("Nguyễn Thị Ánh", "anh.nguyen", Vietnamese),
    person("Иван Петров", "ivan.petrov", Russian),
    person("Sofía 🎉", "sofia.fiesta", Spanish),
    person("陳美玲", "mei.chen", Chinese),
    person("Björn Åkesson", "bjorn.akesson", English),
    person("  ", "blank", English),
    person("अनीता देवी", "anita.devi", Hindi),
    person("יוסי כהן", "yossi.cohen", Hebrew),
    person("Marie-Thérèse d'Aubigné", "mt.daubigne", French),
    person("鈴木 一郎", "ichiro.suzuki", Japanese),
    person("Ελένη Κωνσταντίνου", "eleni.k", Greek),
    person("Wolfgang Maria Freiherr von und zu Hohenstein-Grafenegg", "w.hohenstein", German),
    person("Kwame", "kwame", English),
    person("خالد 👨‍👩‍👧‍👦", "khaled.family", Arabic),
    person("Mert Çağlar", "mert.caglar", Turkish),
    person("Zażółć Gęślą", "zazolc", Polish),
    person("J.", "j", English),
    person("Søren Kjær", "soren.kjaer", English),
];

/// The agents of the Conversations Inbox: name and e-mail address, either of which may be unknown.
pub static AGENTS: &[(&str, &str)] = &[
    ("Nadia Rahman", "nadia.rahman@example.com"),
    ("", "support.night@example.com"),
    ("Tom Becker", ""),
    ("دينا فؤاد", "dina.fouad@example.com"),
];

/// How the people of one language speak.
struct Voice {
    language: Language,
    city: &'static str,
    says: [&'static str; 3],
    is_told: &'static str,
}

/// What people write, and how a bot answers them.
static VOICES: &[Voice] = &[
    Voice {
        language: English,
        city: "London",
        says: ["Where is my parcel?", "I'd like to move it to next week, please", "The second one arrived broken 😕"],
        is_told: "Thank you! We have noted that and will be in touch shortly.",
    },
    Voice {
        language: German,
        city: "Nürnberg",
        says: [
            "Wo bleibt meine Bestellung?",
            "Können wir das auf nächste Woche verschieben?",
            "Die Größe passt leider nicht",
        ],
        is_told: "Vielen Dank! Wir kümmern uns darum und melden uns in Kürze.",
    },
    Voice {
        language: French,
        city: "Besançon",
        says: ["Où est mon colis ?", "Peut-on déplacer le rendez-vous à jeudi ?", "L'article reçu est abîmé"],
        is_told: "Merci ! C'est bien noté, nous revenons vers vous très vite.",
    },
    Voice {
        language: Spanish,
        city: "A Coruña",
        says: ["¿Dónde está mi pedido?", "¿Podemos cambiar la cita al jueves?", "El segundo llegó roto"],
        is_told: "¡Gracias! Lo hemos anotado y le responderemos enseguida.",
    },
    Voice {
        language: Turkish,
        city: "İzmir",
        says: ["Siparişim nerede?", "Randevuyu haftaya alabilir miyiz?", "İkinci ürün kırık geldi"],
        is_told: "Teşekkürler! Notumuzu aldık, en kısa sürede döneceğiz.",
    },
    Voice {
        language: Polish,
        city: "Łódź",
        says: ["Gdzie jest moja paczka?", "Czy możemy przełożyć wizytę?", "Produkt dotarł uszkodzony"],
        is_told: "Dziękujemy! Zajmiemy się tym i wkrótce się odezwiemy.",
    },
    Voice {
        language: Vietnamese,
        city: "Đà Nẵng",
        says: ["Đơn hàng của tôi đâu rồi?", "Tôi muốn đổi lịch hẹn", "Sản phẩm bị hỏng"],
        is_told: "Cảm ơn bạn! Chúng tôi sẽ liên hệ lại sớm.",
    },
    Voice {
        language: Arabic,
        city: "القاهرة",
        says: ["أين طلبي؟", "هل يمكن تأجيل الموعد إلى الأسبوع القادم؟", "وصل المنتج مكسوراً"],
        is_told: "شكراً لك! سجّلنا طلبك وسنتواصل معك قريباً.",
    },
    Voice {
        language: Hebrew,
        city: "חיפה",
        says: ["איפה החבילה שלי?", "אפשר לדחות את התור לשבוע הבא?", "המוצר הגיע שבור"],
        is_told: "תודה! רשמנו ונחזור אליך בהקדם.",
    },
    Voice {
        language: Hindi,
        city: "नई दिल्ली",
        says: ["मेरा ऑर्डर कहाँ है?", "क्या समय अगले हफ़्ते हो सकता है?", "सामान टूटा हुआ मिला"],
        is_told: "धन्यवाद! हमने दर्ज कर लिया है और जल्द संपर्क करेंगे।",
    },
    Voice {
        language: Chinese,
        city: "上海",
        says: ["我的订单到哪里了？", "可以改到下周吗？", "收到的商品已损坏"],
        is_told: "谢谢！我们已记录，会尽快与您联系。",
    },
    Voice {
        language: Japanese,
        city: "大阪",
        says: ["注文した商品はどこですか？", "来週に変更できますか？", "届いた商品が壊れていました"],
        is_told: "ありがとうございます。確認のうえ、すぐにご連絡いたします。",
    },
    Voice {
        language: Russian,
        city: "Алматы",
        says: ["Где мой заказ?", "Можно перенести на следующую неделю?", "Товар пришёл повреждённым"],
        is_told: "Спасибо! Мы всё записали и скоро ответим.",
    },
    Voice {
        language: Greek,
        city: "Θεσσαλονίκη",
        says: ["Πού είναι η παραγγελία μου;", "Μπορούμε να το μεταφέρουμε;", "Το προϊόν έφτασε σπασμένο"],
        is_told: "Ευχαριστούμε! Θα επικοινωνήσουμε σύντομα μαζί σας.",
    },
];

/// Somebody, and their number: those who come back often are drawn more often.
pub fn somebody(random: &mut Random) -> (usize, Option<&'static Person>) {
    let count = PEOPLE.len() as u64;
    let number = random.below(count).min(random.below(count));
    let index = usize::try_from(number).unwrap_or(0);
    (index, PEOPLE.get(index))
}

impl Person {
    /// One of the things that people of their language write.
    pub fn says(&self, random: &mut Random) -> &'static str {
        self.voice().and_then(|voice| random.pick(&voice.says)).copied().unwrap_or_default()
    }

    /// How a bot answers them.
    pub fn is_told(&self) -> &'static str {
        self.voice().map(|voice| voice.is_told).unwrap_or_default()
    }

    /// Where they live.
    pub fn city(&self) -> &'static str {
        self.voice().map(|voice| voice.city).unwrap_or_default()
    }

    fn voice(&self) -> Option<&'static Voice> {
        VOICES.iter().find(|voice| voice.language == self.language)
    }
}
