"""The page Instroom in Streamlit, the way its own examples are written: `streamlit run met_streamlit.py -- FILE`."""

import sys

import plotly.express as px
import streamlit as st
import vragen

st.set_page_config(page_title="Instroom", layout="wide")
st.title("Instroom")
place = st.text_input("Gemeente", "alle")


@st.cache_resource
def _connection():
    return vragen.connect(sys.argv[1])


@st.cache_data(max_entries=2048)
def _table(name: str, chosen: str):
    return vragen.ask(_connection(), name, chosen)


frames = {name: _table(name, place) for name in vragen.SQL}
st.write(f"{frames['per kwartaal']['aantal'].sum()} inburgeraars werden inburgeringsplichtig.")
left, right = st.columns(2)
left.plotly_chart(px.line(frames["per kwartaal"], x="kwartaal", y="aantal"))
right.plotly_chart(px.bar(frames["per gemeente"], x="aantal", y="gemeentecode", orientation="h"))
st.plotly_chart(px.bar(frames["taakstelling"], x="halfjaar", y="aantal"))
left.plotly_chart(px.bar(frames["routes"], x="aantal", y="leerroute", orientation="h"))
right.plotly_chart(px.bar(frames["aanbod"], x="aantal", y="onderdeel", color="doelgroep", orientation="h"))
for name, frame in frames.items():
    with st.expander(f"Tabel: {name}"):
        st.dataframe(frame)
