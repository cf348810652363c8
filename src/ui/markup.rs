//! Elements that stay as they are once they are shown: rows of a table, facts, icons, coloured code.
//!
//! `view!` makes a type of its own of every tree, with code to build, to change and to take apart each. That pays where
//! something changes. What does not is one type here, and every further tree costs some calls: measured on this page,
//! a third of the wasm. Text is only ever set as text, so that what others wrote stays text.

use leptos::prelude::document;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// Of vectors, which live in a namespace of their own.
const SVG: &str = "http://www.w3.org/2000/svg";

/// An element with all that is in it.
#[derive(Clone)]
pub struct Markup(SendWrapper<Node>);

/// An HTML element.
pub fn element(tag: &str) -> Markup {
    Markup::of(document().create_element(tag).ok())
}

/// An HTML element with a class.
pub fn classed(tag: &str, class: &str) -> Markup {
    element(tag).attr("class", class)
}

/// An element of a vector image.
pub fn vector(tag: &str) -> Markup {
    Markup::of(document().create_element_ns(Some(SVG), tag).ok())
}

impl Markup {
    /// A browser refuses only names that are none; nothing is then shown in their place.
    fn of(element: Option<Element>) -> Self {
        let node = element.map_or_else(|| document().create_comment("").unchecked_into(), Node::from);
        Self(SendWrapper::new(node))
    }

    /// Sets an attribute.
    #[must_use]
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// Sets an attribute of what is already shown.
    pub fn set(&self, name: &str, value: &str) {
        if let Some(element) = self.0.dyn_ref::<Element>() {
            // Refused only for a name that is none.
            let _ = element.set_attribute(name, value);
        }
    }

    /// Sets a style property; the content security policy allows no `style` attribute.
    #[must_use]
    pub fn style(self, property: &str, value: &str) -> Self {
        self.set_style(property, value);
        self
    }

    /// Sets a style property of what is already shown.
    pub fn set_style(&self, property: &str, value: &str) {
        if let Some(element) = self.0.dyn_ref::<HtmlElement>() {
            // Refused only for a property that is none.
            let _ = element.style().set_property(property, value);
        }
    }

    /// Fills a vector image. Only ever with drawings of our own: `'static` keeps out what others wrote.
    #[must_use]
    pub fn drawing(self, shapes: &'static str) -> Self {
        if let Some(element) = self.0.dyn_ref::<Element>() {
            element.set_inner_html(shapes);
        }
        self
    }

    /// Adds text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        let node = document().create_text_node(text);
        self.append(node.as_ref())
    }

    /// Adds an element.
    #[must_use]
    pub fn with(self, child: Self) -> Self {
        self.append(&child.0)
    }

    /// Adds elements.
    #[must_use]
    pub fn with_all(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::with)
    }

    fn append(self, node: &Node) -> Self {
        // Refused only where a node would hold itself.
        let _ = self.0.append_child(node);
        self
    }
}

/// A tree in its place in the page.
pub struct Shown(SendWrapper<Element>);

impl Render for Markup {
    type State = Shown;

    fn build(self) -> Shown {
        let element = self.0.take().dyn_into().unwrap_or_else(|node: Node| node.unchecked_into());
        Shown(SendWrapper::new(element))
    }

    fn rebuild(self, shown: &mut Shown) {
        let mut next = self.build();
        shown.insert_before_this(&mut next);
        shown.unmount();
        *shown = next;
    }
}

impl Mountable for Shown {
    fn unmount(&mut self) {
        self.0.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        vec![(*self.0).clone()]
    }
}

impl AddAnyAttr for Markup {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        self
    }
}

/// There is no server that would write this page: only what `view!` asks for is here.
impl RenderHtml for Markup {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _cursor: &Cursor, _position: &PositionState) -> Shown {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
