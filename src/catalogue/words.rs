//! Fixed sets of words: an enum whose variants are written in data files.

/// Declares an enum with the word that stands for each variant in a file.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $Name:ident {
        $($(#[$about:meta])* $Variant:ident = $id:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name {
            $($(#[$about])* $Variant,)+
        }

        impl $Name {
            /// Every variant with its word, as `Fields::choice` takes them.
            pub const ALL: &'static [($Name, &'static [&'static str])] =
                &[$(($Name::$Variant, &[$id])),+];

            /// The word that stands for it in data files.
            pub const fn id(self) -> &'static str {
                match self {
                    $($Name::$Variant => $id,)+
                }
            }

            pub fn from_id(id: &str) -> Option<$Name> {
                match id {
                    $($id => Some($Name::$Variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(super) use words;

words! {
    /// How well a statement of the catalogue is supported.
    pub enum Confidence {
        High = "high",
        Medium = "medium",
        /// Shown as advice, never as a rule.
        Low = "low",
    }
}
