"""What the product knows before any delivery comes in, and how example deliveries are made.

In:   nothing.
Out:  `data.referentie` — figures of the policy document, municipalities, norms and tarieven, each row with its source;
      `data.voorbeeld` — a seeded generator that writes fictional deliveries in the form of the delivery specification.
Never here: a real person, a real BSN, an import of any other package of the product.
"""

VERSIE = "0.1.0"
