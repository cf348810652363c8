//! The elements of the page: one type for all of them, with the attributes, texts and parts that keep in step.
//!
//! `view!` makes a type of its own of every tree, with code to build, to change and to take apart each: two thirds of
//! the wasm were that, measured on this page. Here every further tree costs some calls. `view!` puts components
//! together; what they are made of is built here. Text is only ever set as text, so that what others wrote stays text.
//!
//! What changes is kept in step by effects of the present owner, and ends with it: see [`Markup::attr_now`] and its
//! sisters for what changes of an element, [`Markup::part`] and [`Markup::each`] for elements that come and go,
//! [`Markup::on`] for what happens on one.

mod each;
mod follow;
mod handle;
mod listen;
mod part;
mod render;

use leptos::prelude::{AnyView, IntoAny, IntoView, document, on_cleanup};
use leptos::tachys::view::{Mountable, Render};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

pub use handle::Handle;

/// Of vectors, which live in a namespace of their own.
const SVG: &str = "http://www.w3.org/2000/svg";

/// An element with all that is in it. No more than a number to the browser's node, so that passing it on is free.
#[derive(Clone)]
pub struct Markup(Node);

/// An HTML element.
pub fn element(tag: &str) -> Markup {
    Markup::of(document().create_element(tag).ok())
}

/// An HTML element with a class.
pub fn classed(tag: &str, class: &str) -> Markup {
    element(tag).attr("class", class)
}

/// A button with a class, which sends no form.
pub fn button(class: &str) -> Markup {
    classed("button", class).attr("type", "button")
}

/// An element without a box of its own in the layout, for what comes and goes in the place of a component.
pub fn place() -> Markup {
    classed("div", "place")
}

/// An element of a vector image.
pub fn vector(tag: &str) -> Markup {
    Markup::of(document().create_element_ns(Some(SVG), tag).ok())
}

impl Markup {
    /// A browser refuses only names that are none; nothing is then shown in their place.
    fn of(element: Option<Element>) -> Self {
        Self(element.map_or_else(comment, Node::from))
    }

    /// The same element once more, with all that is in it but nothing that keeps in step.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self(self.0.clone_node_with_deep(true).unwrap_or_else(|_| comment()))
    }

    /// The element, to be measured or watched.
    pub fn element(&self) -> Option<&HtmlElement> {
        self.0.dyn_ref()
    }

    /// Sets an attribute.
    #[must_use]
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// Sets an attribute of what is already shown.
    pub fn set(&self, name: &str, value: &str) {
        // Refused only for a name that is none.
        let _ = self.0.unchecked_ref::<Element>().set_attribute(name, value);
    }

    /// Sets a style property; the content security policy allows no `style` attribute.
    #[must_use]
    pub fn style(self, property: &str, value: &str) -> Self {
        self.set_style(property, value);
        self
    }

    /// Sets a style property of what is already shown.
    pub fn set_style(&self, property: &str, value: &str) {
        // Refused only for a property that is none.
        let _ = self.0.unchecked_ref::<HtmlElement>().style().set_property(property, value);
    }

    /// Fills a vector image. Only ever with drawings of our own: `'static` keeps out what others wrote.
    #[must_use]
    pub fn drawing(self, shapes: &'static str) -> Self {
        self.0.unchecked_ref::<Element>().set_inner_html(shapes);
        self
    }

    /// Adds text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        let node = document().create_text_node(text);
        self.append(&node)
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

    /// Adds a component, or what `view!` made.
    #[must_use]
    pub fn with_view(self, view: impl IntoView + 'static) -> Self {
        self.mount(view.into_view().into_any())
    }

    /// The first elements inside, in their order; nothing is shown of one that is not there.
    pub fn children<const N: usize>(&self) -> [Self; N] {
        let mut inside = self.inside();
        std::array::from_fn(|_| inside.next().unwrap_or_else(|| Self::of(None)))
    }

    /// The elements inside, in their order.
    pub fn inside(&self) -> impl Iterator<Item = Self> + use<> {
        let first = self.0.unchecked_ref::<Element>().first_element_child();
        std::iter::successors(first, Element::next_element_sibling).map(|child| Self(child.unchecked_into()))
    }

    /// Sets the text, in the place of all that is inside.
    pub fn say(&self, text: &str) {
        self.0.set_text_content(Some(text));
    }

    /// Puts an element before another one that is in this one already, or last.
    pub fn put(&self, child: &Self, before: Option<&Self>) {
        // Refused only where the other one is elsewhere.
        let _ = self.0.insert_before(&child.0, before.map(|before| &before.0));
    }

    /// Takes the element out of the document.
    pub fn remove(&self) {
        self.0.unchecked_ref::<Element>().remove();
    }

    fn mount(self, view: AnyView) -> Self {
        let mut state = view.build();
        state.mount(self.0.unchecked_ref(), None);
        let held = SendWrapper::new(state);
        on_cleanup(move || drop(held));
        self
    }

    fn append(self, node: &Node) -> Self {
        // Refused only where a node would hold itself.
        let _ = self.0.append_child(node);
        self
    }
}

/// A node that is not seen: the place where something may come.
fn comment() -> Node {
    document().create_comment("").unchecked_into()
}
