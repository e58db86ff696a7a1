/* The filters and the address say the same thing. This runs in the browser, so that a change of a filter asks the
   server once: for the new page. */
(function () {
  const SHARED = ["gemeente", "doelgroep", "leerroute", "cohort", "contract", "geslacht", "leeftijd", "peildatum", "van",
    "tot", "momentopname", "naast", "taal"];

  function read(search) {
    const found = new Map();
    for (const pair of (search || "").replace(/^\?/, "").split("&")) {
      const at = pair.indexOf("=");
      if (at > 0 && at < pair.length - 1) found.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return found;
  }

  function write(found) {
    const pairs = [...found].map(([name, text]) => name + "=" + text);
    return pairs.length ? "?" + pairs.join("&") : "";
  }

  function decode(text) {
    try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch (fault) { return ""; }
  }

  function set(found, name, values) {
    if (values.length) found.set(name, values.map(encodeURIComponent).join(","));
    else found.delete(name);
  }

  // what is said stands in the frame of the page, in its language
  function said(name, places) {
    const box = document.getElementById("teksten");
    const text = box ? box.dataset[name] || "" : "";
    return Object.entries(places || {}).reduce((found, [place, value]) => found.replace("{" + place + "}", () => value), text);
  }

  const none = () => window.dash_clientside.no_update;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    inburgering: {
      naar_adres(values, periodValues, open, wiped, ids, openIds, periodData, search) {
        const period = periodValues[0], periods = periodData[0];
        const trigger = window.dash_clientside.callback_context.triggered_id;
        if (trigger === undefined || trigger === null) return none();
        const before = read(search), found = new Map(before);
        if (trigger === "wis") {
          for (const name of [...found.keys()]) if (name !== "per" && name !== "taal") found.delete(name);
        } else {
          ids.forEach((id, place) => {
            let chosen = values[place] || [];
            if (chosen.includes("statushouders")) {
              chosen = chosen.filter((one) => !["statushouders", "asielstatushouder", "nareiziger"].includes(one));
              chosen = ["asielstatushouder", "nareiziger", ...chosen];
            }
            set(found, id.naam, chosen);
          });
          openIds.forEach((id, place) => set(found, id.naam, open[place] ? [open[place]] : []));
          const was = (before.get("van") || "") + "/" + (before.get("tot") || "");
          const named = (periods || []).some((one) => one.value === was);
          if (trigger.type === "periode" && (period || named)) {  // own days are no named period: leave them
            const [van, tot] = period ? period.split("/") : ["", ""];
            set(found, "van", van ? [van] : []);
            set(found, "tot", tot ? [tot] : []);
          }
        }
        const text = write(found);
        return text === write(before) ? none() : text;
      },

      van_adres(search, ids, openIds, periodData) {
        const found = read(search);
        const list = (name) => decode(found.get(name) || "").split(",").filter(Boolean);
        const values = ids.map((id) => {
          const chosen = list(id.naam).map((one) => (one === "45 " ? "45+" : one));
          return chosen.flatMap((one) => /^statushouders?$/.test(one) ? ["asielstatushouder", "nareiziger"] : [one]);
        });
        const open = openIds.map((id) => list(id.naam)[0] || null);
        const period = (list("van")[0] || "") + "/" + (list("tot")[0] || "");
        return [values, periodData.map((data) => (data || []).some((one) => one.value === period) ? period : null), open];
      },

      zet_uit(known, ids, periodIds, openIds) {
        const off = (all) => all.map((id) => !(known || []).includes(id.naam));
        return [off(ids), off(periodIds), off(openIds)];
      },

      zeg_gekozen(text) { return text || none(); },

      /* On a phone: the boxes behind one line. */
      open_filters(clicks) {
        const open = Boolean(clicks % 2);
        return [open ? "filtervak open" : "filtervak", String(open)];
      },

      zoek_cijfer(id, search) {
        if (!id) return [none(), none(), none()];
        const found = read(search);
        for (const name of [...found.keys()]) if (!SHARED.includes(name)) found.delete(name);
        return ["/cijfer/" + id, write(found), null];
      },

      /* A click on a bar or point goes to what its link says (the table holds the same links). */
      volg_punt(clicks) {
        const context = window.dash_clientside.callback_context;
        const data = context.triggered.length ? context.triggered[0].value : null;
        const point = data && data.points && data.points[0];
        const link = point && typeof point.customdata === "string" ? point.customdata : null;
        if (!link || !link.startsWith("/cijfer/")) return [none(), none()];
        const at = link.indexOf("?");
        return at < 0 ? [link, ""] : [link.slice(0, at), link.slice(at)];
      },

      zoek_definitie(text) {
        const words = (text || "").toLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        document.querySelectorAll("[data-zoek]").forEach((one) => {
          const hit = words.every((word) => one.dataset.zoek.includes(word));
          one.hidden = !hit;
          shown += hit ? 1 : 0;
        });
        document.querySelectorAll("[data-groep]").forEach((one) => {
          one.hidden = !one.querySelector("[data-zoek]:not([hidden])");
        });
        return shown === 1 ? said("gevondenEen") : said("gevonden", { n: shown });
      },

      kopieer(clicks, text) {
        if (!clicks) return none();
        const address = window.location.origin + text;
        if (navigator.clipboard) { navigator.clipboard.writeText(address); return said("gekopieerd"); }
        return said("zelfKopieren", { adres: address });
      },
    },
  });
})();
